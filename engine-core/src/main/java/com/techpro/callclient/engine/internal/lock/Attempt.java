// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to prove the user's identity, and what is requested with it. It holds its secrets only
 * while they are checked.
 *
 * @param newPin null unless one is to be set
 * @param settings null if the lock stays as it is
 * @param opens false once the user has asked to lock after this attempt
 */
record Attempt(
        Proof proof,
        @Nullable Secret newPin,
        AppLock.@Nullable Settings settings,
        BooleanSupplier opens,
        Answer<LockOutcome> outcome) {
    /** Normalises PINs for comparison. */
    Attempt {
        proof = proof instanceof Proof.Pin given ? new Proof.Pin(PinRules.prepared(given.pin())) : proof;
        newPin = newPin == null ? null : PinRules.prepared(newPin);
    }

    boolean byPin() {
        return proof instanceof Proof.Pin;
    }

    /** Returns the hash to compare the proof with; null if there is none. */
    @Nullable
    StoredHash knownIn(LockRecord record) {
        if (proof instanceof Proof.Password) {
            return record.password();
        }
        LockRecord.Pin pin = byPin() ? record.pin() : null;
        return pin == null ? null : pin.hash();
    }

    /** Returns the password if it will open a lock and its known hash cannot be stored; or null. */
    @Nullable
    Secret passwordToStore(@Nullable StoredHash known) {
        boolean locks = settings != null && settings.mode() != Mode.NONE;
        return locks && known != null && !known.isStorable() && proof instanceof Proof.Password given
                ? given.password()
                : null;
    }

    /** Returns why the attempt is refused without a comparison, or null. */
    @Nullable
    Result refusal(LockRecord record) {
        Result unfit = newPin == null ? null : PinRules.refusal(newPin);
        if (unfit != null) {
            return unfit;
        }
        LockRecord.Pin pin = record.pin();
        if (proof instanceof Proof.None) {
            return newPin == null || record.password() != null || pin != null ? Result.PROOF_NEEDED : null;
        }
        if (knownIn(record) == null) {
            return byPin() ? Result.PIN_NOT_SET : Result.NOT_LOGGED_IN;
        }
        if (byPin() && pin != null && pin.blocked()) {
            return blocked(record);
        }
        if (settings == null || newPin != null || settings.mode() == Mode.NONE) {
            return null;
        }
        if (settings.mode().usesPin()) {
            return pin == null ? Result.PIN_NOT_SET : null;
        }
        return record.password() == null ? Result.NOT_LOGGED_IN : null;
    }

    /** Whether the user was erased or logged in during the comparison. */
    boolean isOvertaken(LockRecord record, @Nullable StoredHash compared) {
        boolean another = knownIn(record) != compared;
        return another || (compared == null && (record.password() != null || record.pin() != null));
    }

    /** Returns the result for a wrong proof. */
    Result wrong(LockRecord record) {
        LockRecord.Pin pin = record.pin();
        if (!byPin() || pin == null) {
            return Result.WRONG_PASSWORD;
        }
        return pin.blocked() ? blocked(record) : Result.WRONG_PIN;
    }

    private static Result blocked(LockRecord record) {
        return record.password() == null ? Result.LOGOUT_NEEDED : Result.PIN_BLOCKED;
    }

    void wipe() {
        if (proof instanceof Proof.Password given) {
            given.password().wipe();
        } else if (proof instanceof Proof.Pin given) {
            given.pin().wipe();
        }
        if (newPin != null) {
            newPin.wipe();
        }
    }

    @Override
    public String toString() {
        return "Attempt[redacted]";
    }
}
