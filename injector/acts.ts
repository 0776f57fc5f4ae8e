// page (host).
// Who touched this document last, and when: what a page may do by itself depends on it (HTML section 6.4, tracking user activation).
import { type Any, getter, natives } from './natives.ts';
import { realm } from './realm.ts';

const g = realm.global as Any;
const activation = getter<Any>(g.Navigator?.prototype, 'userActivation');
const isActive = getter<boolean>(g.UserActivation?.prototype, 'isActive');
const hasBeenActive = getter<boolean>(g.UserActivation?.prototype, 'hasBeenActive');

/** How long what happens counts as a guest's doing, milliseconds. */
const GUESTS = 2000;

/** Also in other documents of the tab, where the shell says so. */
let guestNear = Number.NEGATIVE_INFINITY;
let hostNear = Number.NEGATIVE_INFINITY;
let guestAt = Number.NEGATIVE_INFINITY;
let hostAt = Number.NEGATIVE_INFINITY;
/** Dialogs since anybody touched the page. */
let dialogs = 0;

/** A guest's gesture is carried out. */
export function guestActs(): void {
	guestAt = natives.now();
	guestActsNear();
	dialogs = 0;
}

export function hostActs(): void {
	hostAt = natives.now();
	hostActsNear();
	dialogs = 0;
}

export function guestActsNear(): void {
	guestNear = natives.now();
}

export function hostActsNear(): void {
	hostNear = natives.now();
}

/** Whether what happens now may come of what a guest did in this tab within so many milliseconds. */
export function ofGuest(within: number): boolean {
	return guestNear > hostNear && natives.now() - guestNear < within;
}

/** Whether what happens now is a guest's doing. */
export function byGuest(): boolean {
	return guestAt > hostAt && natives.now() - guestAt < GUESTS;
}

/** Whether anybody has ever touched this page (sticky activation); a browser that doesn't say: our own look at it. */
export function everTouched(): boolean {
	if (guestAt > 0 || hostAt > 0) return true;
	try {
		return hasBeenActive(activation(g.navigator));
	} catch {
		return false;
	}
}

/** Whether the host has just touched this page, by themselves (transient activation). */
export function hostJustActed(): boolean {
	try {
		return !byGuest() && isActive(activation(g.navigator));
	} catch {
		return !byGuest() && natives.now() - hostAt < GUESTS;
	}
}

/** Counts a dialog, and answers how many there were since anybody touched the page. */
export function countDialog(): number {
	return ++dialogs;
}
