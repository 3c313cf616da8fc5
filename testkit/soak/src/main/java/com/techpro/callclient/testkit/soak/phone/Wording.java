// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.phone;

import com.techpro.callclient.engine.CallEnding;
import com.techpro.callclient.engine.CallQuality;
import com.techpro.callclient.engine.CallSnapshot;
import com.techpro.callclient.engine.Caller;
import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.HoldState;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the phone says, in words that tell what happened and what to do. */
final class Wording {
    private Wording() {}

    static String registration(RegistrationSnapshot registration) {
        String text = switch (registration.state()) {
            case REGISTERING -> "Logging in ...";
            case REGISTERED -> "Logged in. Type help for what you can do.";
            case WAITING -> "Not logged in. " + why(registration.failure()) + retry(registration.retryIn());
            case FAILED -> "Could not log in. " + why(registration.failure()) + " Quit and start again.";
            case UNREGISTERING -> "Logging out ...";
            case UNREGISTERED -> "Logged out.";
        };
        boolean warn = registration.loweredFloor() && registration.state() == RegistrationState.REGISTERED;
        return warn ? text + "\nWarning: this account accepts less protection than real use needs." : text;
    }

    static String ending(CallEnding ending) {
        if (ending instanceof CallEnding.LocalHangUp) {
            return "you hung up";
        } else if (ending instanceof CallEnding.RemoteHangUp) {
            return "the other side hung up";
        } else if (ending instanceof CallEnding.Cancelled) {
            return "you gave up before it was answered";
        } else if (ending instanceof CallEnding.CancelledByCaller) {
            return "a missed call: the caller gave up";
        } else if (ending instanceof CallEnding.AnsweredElsewhere) {
            return "another phone of yours took it";
        } else if (ending instanceof CallEnding.Busy) {
            return "busy; try again later";
        } else if (ending instanceof CallEnding.Declined) {
            return "the other side does not want the call";
        } else if (ending instanceof CallEnding.RejectedHere) {
            return "you turned it away";
        } else if (ending instanceof CallEnding.NoAnswer) {
            return "nobody answered";
        } else if (ending instanceof CallEnding.NotFound) {
            return "there is no such number; check it and dial again";
        } else if (ending instanceof CallEnding.Unavailable) {
            return "no phone of that number can be reached now; try again later";
        } else if (ending instanceof CallEnding.MediaTimeout) {
            return "no sound arrived any more; check the network";
        } else if (ending instanceof CallEnding.Failed failed) {
            return failed.failure().advice() + " (" + failed.code() + ")";
        }
        return ending.code();
    }

    static String caller(Caller caller) {
        String number = caller.number().isEmpty() ? "anonymous" : caller.number();
        String organisation = caller.organisation();
        String name = caller.name();
        return name == null ? number : name + (organisation == null ? "" : " of " + organisation) + " <" + number + ">";
    }

    static String state(CallSnapshot call) {
        String state = switch (call.state()) {
            case DIALLING -> "dialling";
            case RINGING_OUT -> "ringing there";
            case INCOMING -> "rings here: answer or reject";
            case CONNECTING -> "connecting";
            case ESTABLISHED -> hold(call.hold());
            case ENDED -> "over";
        };
        return call.muted() ? state + ", muted" : state;
    }

    /** One line, for the top of the screen. */
    static String quality(CallSnapshot call) {
        CallQuality quality = call.quality();
        if (quality == null) {
            return state(call) + ", no sound yet";
        }
        return String.format(
                Locale.ROOT,
                "%s | %s %s | loss %.1f %% | jitter %d ms | round trip %s | buffer %d ms | MOS %.1f",
                state(call),
                quality.codec(),
                quality.suite() == null ? "NOT ENCRYPTED" : quality.suite(),
                quality.lossPercent(),
                quality.jitter().toMillis(),
                quality.roundTrip() == null ? "?" : quality.roundTrip().toMillis() + " ms",
                quality.bufferDelay().toMillis(),
                quality.mos());
    }

    /** All there is to know. */
    static String qualityInFull(CallSnapshot call) {
        CallQuality quality = call.quality();
        String line = quality(call);
        if (quality == null) {
            return line;
        }
        return line
                + String.format(
                        Locale.ROOT,
                        "%npackets sent %d, received %d, late %d, lost %d; frames concealed %d, playouts missed %d",
                        quality.packetsSent(),
                        quality.packetsReceived(),
                        quality.packetsLate(),
                        quality.packetsLost(),
                        quality.framesConcealed(),
                        quality.missedPlayouts());
    }

    private static String hold(HoldState hold) {
        return switch (hold) {
            case NONE -> "talking";
            case LOCAL -> "on hold here";
            case REMOTE -> "the other side holds";
            case BOTH -> "on hold on both sides";
        };
    }

    private static String why(@Nullable Failure failure) {
        return failure == null ? "" : failure.advice() + " (" + failure.code() + ")";
    }

    private static String retry(@Nullable Duration retryIn) {
        return retryIn == null ? "" : " Trying again in " + Math.max(1, retryIn.toSeconds()) + " s.";
    }
}
