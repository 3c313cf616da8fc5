// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.lock.LockState.Loading;
import com.techpro.callclient.engine.internal.lock.LockState.Locked;
import com.techpro.callclient.engine.internal.lock.LockState.Open;
import com.techpro.callclient.engine.internal.lock.LockState.Unreadable;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;

/**
 * The state machine of the lock. It is pure: {@code (state, input)} gives the next state and the
 * effects.
 *
 * <pre>
 *   Loading ──no lock stored──► Open ──time-out, lock now──► Locked
 *      │  └────a lock stored───────────────────────────────────▲ │
 *      │                         ▲                               │
 *      └─not readable─► Unreadable                               │
 *                                └──right password or PIN,───────┘
 *                                   biometrics
 *   the phone system accepted a password that the user typed, or everything was erased: Open, from anywhere
 * </pre>
 *
 * A lock with mode NONE is always Open. A wrong PIN does not change the state and is counted in the
 * record. After the fifth in a row no PIN is accepted until a password is. A PIN is set in Open or,
 * with a proof, in Locked; the lock is then Open. A proof given before the user's last request to
 * lock opens nothing, but its changes apply.
 */
final class LockMachine {
    private LockMachine() {}

    /**
     * A state, and the effects of entering it.
     *
     * @param save whether the record must be stored
     * @param trustEnrolment whether the biometrics enrolled now belong to the user
     */
    record Step(LockState state, boolean save, boolean trustEnrolment) {
        static Step stay(LockState state) {
            return new Step(state, false, false);
        }
    }

    static Step next(LockState now, LockInput input) {
        if (input instanceof LockInput.Loaded loaded) {
            return now instanceof Loading || now instanceof Unreadable
                    ? Step.stay(loaded.record().locks() ? new Locked(loaded.record(), 0) : new Open(loaded.record()))
                    : Step.stay(now);
        }
        if (input instanceof LockInput.NotLoaded failed) {
            return Step.stay(
                    now instanceof Loading || now instanceof Unreadable ? new Unreadable(failed.reason()) : now);
        }
        if (input instanceof LockInput.Proved proved && !proved.typed() && now instanceof Locked locked) {
            return new Step(
                    new Locked(locked.record().knowing(proved.password()), locked.number()),
                    proved.password().isStorable(),
                    false);
        }
        if (input instanceof LockInput.Proved proved) {
            // The user is present: the phone system has just accepted the password.
            return new Step(
                    new Open(now.record().with(proved.password()).trusting(true)),
                    proved.password().isStorable(),
                    true);
        }
        if (input instanceof LockInput.Erased) {
            return Step.stay(new Open(LockRecord.EMPTY));
        }
        if (now instanceof Open open) {
            return open(open, input);
        }
        return now instanceof Locked locked ? locked(locked, input) : Step.stay(now);
    }

    private static Step open(Open now, LockInput input) {
        if (input instanceof LockInput.LockNow wish) {
            return Step.stay(now.record().locks() ? new Locked(now.record(), wish.number()) : now);
        }
        if (input instanceof LockInput.Attempted attempted) {
            return new Step(new Open(now.record().counting(attempted)), true, false);
        }
        return opened(now, now.record(), input);
    }

    private static Step locked(Locked now, LockInput input) {
        if (input instanceof LockInput.Attempted attempted) {
            return new Step(new Locked(now.record().counting(attempted), now.number()), true, false);
        }
        if (input instanceof LockInput.Biometrics biometrics && biometrics.number() == now.number()) {
            if (biometrics.answer() == Answer.YES && now.record().enrolmentTrusted()) {
                return Step.stay(new Open(now.record()));
            }
            if (biometrics.answer() == Answer.ENROLMENT_CHANGED) {
                return new Step(new Locked(now.record().trusting(false), now.number()), true, false);
            }
        }
        return opened(now, now.record(), input);
    }

    /** Applies the right password or PIN, locked or not. */
    private static Step opened(LockState now, LockRecord record, LockInput input) {
        if (input instanceof LockInput.RightPassword right) {
            return proven(now, record.proven(), right.opens());
        }
        if (input instanceof LockInput.Changed changed) {
            return proven(now, record.proven().with(changed.settings()), changed.opens());
        }
        if (input instanceof LockInput.PinSet set) {
            return proven(now, record.proven().withPin(set.pin(), set.settings()), set.opens());
        }
        if (input instanceof LockInput.PinNotStored failed && record.holds(failed.pin())) {
            LockRecord before = record.restored(failed.before(), failed.settings());
            return new Step(
                    now instanceof Locked locked ? new Locked(before, locked.number()) : new Open(before), true, false);
        }
        return Step.stay(now);
    }

    /** Unlocks, unless the user has asked to lock since. */
    private static Step proven(LockState now, LockRecord record, boolean opens) {
        boolean stays = !opens && record.locks();
        return new Step(
                stays && now instanceof Locked locked ? new Locked(record, locked.number()) : new Open(record),
                true,
                true);
    }
}
