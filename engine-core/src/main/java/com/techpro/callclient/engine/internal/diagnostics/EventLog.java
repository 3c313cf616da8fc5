// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.stack.log.Loggers;

/** Logs the events of accounts and calls, by ids and codes. Belongs to the loop. */
public final class EventLog {
    private EventLog() {}

    public static void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        Failure failure = after.failure();
        if (failure == null) {
            Loggers.REGISTRATION.info("account {} is {}", accountSession.id(), after.state());
        } else if (after.retryIn() == null) {
            Loggers.REGISTRATION.warn("account {} is {}: {}", accountSession.id(), after.state(), failure.code());
        } else {
            Loggers.REGISTRATION.warn(
                    "account {} is {}: {}, again in {}",
                    accountSession.id(),
                    after.state(),
                    failure.code(),
                    after.retryIn());
        }
    }

    public static void messagesWaiting(AccountSession accountSession) {
        Loggers.VOICEMAIL.debug("account {} was told of its messages", accountSession.id());
    }

    public static void dialled(AccountSession accountSession, CallSession call) {
        Loggers.CALL.info("call {} of account {} is dialled", call.snapshot().id(), accountSession.id());
    }

    public static void received(AccountSession accountSession, CallSession call) {
        Loggers.CALL.info("call {} comes in for account {}", call.snapshot().id(), accountSession.id());
    }

    public static void changed(CallEvent event) {
        CallSnapshot after = event.after();
        if (event instanceof CallEvent.StateChanged) {
            Loggers.CALL.debug("call {} is {}", after.id(), after.state());
        } else if (event instanceof CallEvent.HoldChanged) {
            Loggers.CALL.debug("call {} is held {}", after.id(), after.hold());
        } else if (event instanceof CallEvent.MediaChanged) {
            Loggers.MEDIA.debug(
                    "call {}: codec {}, keys by {}, cipher {}, muted {}",
                    after.id(),
                    after.codec(),
                    after.keying(),
                    after.cipher(),
                    after.muted());
        } else if (event instanceof CallEvent.QualityChanged) {
            quality(after);
        } else if (event instanceof CallEvent.ReceptionChanged) {
            Loggers.MEDIA.warn(
                    after.nothingArrives() ? "call {}: no sound arrives" : "call {}: sound arrives again", after.id());
        } else if (event instanceof CallEvent.AudioInterrupted interrupted) {
            Loggers.MEDIA.warn(
                    "call {} has no sound: {}",
                    after.id(),
                    interrupted.failure().code());
        } else if (event instanceof CallEvent.AudioRestored) {
            Loggers.MEDIA.info("call {} has sound again", after.id());
        } else if (event instanceof CallEvent.Ended ended) {
            ended(after, ended.ending());
        } else if (!(event instanceof CallEvent.DtmfReceived)) {
            Loggers.CALL.debug("call {}: {}", after.id(), event.getClass().getSimpleName());
        }
        // Not even that a key was pressed: the number of keys is half of a PIN.
    }

    private static void quality(CallSnapshot call) {
        CallQuality quality = call.quality();
        if (quality != null && Loggers.MEDIA.isDebugEnabled()) {
            Loggers.MEDIA.debug(
                    "call {}: {} {}, received {}, lost {}, late {}, mos {}, jitter {} ms, buffer {} ms",
                    call.id(),
                    quality.codec(),
                    quality.suite() == null ? "in the clear" : quality.suite(),
                    quality.receiving().packets(),
                    quality.receiving().lost(),
                    quality.receiving().late(),
                    quality.latest().mos(),
                    quality.latest().jitter().toMillis(),
                    quality.latest().bufferDelay().toMillis());
        }
    }

    private static void ended(CallSnapshot call, CallEnding ending) {
        if (ending instanceof CallEnding.Failed || ending instanceof CallEnding.MediaTimeout) {
            Loggers.CALL.warn("call {} failed: {}", call.id(), ending.code());
        } else {
            Loggers.CALL.info("call {} is over: {}", call.id(), ending.code());
        }
    }

    public static void released(CallSession call) {
        Loggers.CALL.debug("call {} is released", call.snapshot().id());
    }

    public static void gone(AccountSession accountSession) {
        Loggers.REGISTRATION.info("account {} is gone", accountSession.id());
    }
}
