// tests only (Node).
// A self-signed certificate for shop.example and its key, made for these tests alone; it opens nothing.

export const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2iduyGVdq3Rx2JET
9FGaWnj+eXlTog0uhsdC2Aa6clOhRANCAAQ+k9vVRYywdH/+v7ryOL/6fysvMCkT
BnOEd9uoKfkuY+IkqRly/gD+36LRpGCVULBQxKtlyR1QD9pOdSQoJPwh
-----END PRIVATE KEY-----`;
export const CERT = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIUZnDFyCtZMInwjFJ6NF1lBjH4rE4wCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMc2hvcC5leGFtcGxlMCAXDTI2MTEyMzE5NDgzNFoYDzIxMjYx
MDMwMTk0ODM0WjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQ+k9vVRYywdH/+v7ryOL/6fysvMCkTBnOEd9uoKfkuY+Ik
qRly/gD+36LRpGCVULBQxKtlyR1QD9pOdSQoJPwho2wwajAdBgNVHQ4EFgQUPZQR
9Leiae9FQixSs8r2MoqFaAkwHwYDVR0jBBgwFoAUPZQR9Leiae9FQixSs8r2MoqF
aAkwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxzaG9wLmV4YW1wbGUwCgYI
KoZIzj0EAwIDSAAwRQIhALlhiydake/IHAqgVZip4UnFiktuHtAM2Mvoj0L+9I5e
AiB4XRYAuQ8tWV7aLLoAvgJdgxNAMyHnxY+4ubIkifFt5w==
-----END CERTIFICATE-----`;
