// server only (Node).
// One relay for each tab, made when its host first sends something.

interface FromHost {
	readonly toGuests: readonly Uint8Array[];
	/** Only the latest of such counts, so a slow line may lose it. */
	readonly droppable: boolean;
	readonly toHost: readonly Uint8Array[];
}

export class Mirrors {
	fromHost(_session: string, _tab: string, bytes: Uint8Array): FromHost {
		return { toGuests: [bytes], droppable: false, toHost: [] };
	}

	fromGuest(_session: string, _tab: string, bytes: Uint8Array): { toGuest: readonly Uint8Array[]; toHost: readonly Uint8Array[] } {
		return { toGuest: [], toHost: [bytes] };
	}

	join(_session: string, _tab: string): readonly Uint8Array[] {
		return [];
	}

	hostBack(_session: string, _tab: string): readonly Uint8Array[] {
		return [];
	}

	forget(_session: string, _tab: string): void {}

	forgetSession(_session: string): void {}
}
