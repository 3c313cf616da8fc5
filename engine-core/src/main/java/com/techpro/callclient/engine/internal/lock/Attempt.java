// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that claims to show who is here, and what is wanted. It holds its secrets for as long as it takes to look at them.
 *
 * @param newPin null unless one is to be set
 * @param settings null if the lock stays as it is
 * @param opens false once the user wished to lock after this was asked for
 */
record Attempt(
        Proof proof,
        @Nullable Secret newPin,
        AppLock.@Nullable Settings settings,
        BooleanSupplier opens,
        Answer<LockOutcome> outcome) {
    /** PINs as they are compared. */
    Attempt {
        proof = proof instanceof Proof.Pin given ? new Proof.Pin(PinRules.prepared(given.pin())) : proof;
        newPin = newPin == null ? null : PinRules.prepared(newPin);
    }

    boolean byPin() {
        return proof instanceof Proof.Pin;
    }

    /** What the proof is compared with; null if there is no such thing. */
    @Nullable
    PasswordHash knownIn(LockRecord record) {
        if (proof instanceof Proof.Password) {
            return record.password();
        }
        LockRecord.Pin pin = byPin() ? record.pin() : null;
        return pin == null ? null : pin.hash();
    }

    /** Why it is not even looked at, or null. */
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

    /** Whether the user was erased, or logged in, while it was compared. */
    boolean isOvertaken(LockRecord record, @Nullable PasswordHash compared) {
        boolean another = knownIn(record) != compared;
        return another || (compared == null && (record.password() != null || record.pin() != null));
    }

    /** What somebody hears who was wrong. */
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
