// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.failure;

import com.techpro.callclient.engine.failure.Failure.AudioUnavailable;
import com.techpro.callclient.engine.failure.Failure.AuthenticationFailed;
import com.techpro.callclient.engine.failure.Failure.Busy;
import com.techpro.callclient.engine.failure.Failure.CaptivePortal;
import com.techpro.callclient.engine.failure.Failure.Declined;
import com.techpro.callclient.engine.failure.Failure.DestinationRefused;
import com.techpro.callclient.engine.failure.Failure.Dns;
import com.techpro.callclient.engine.failure.Failure.Forbidden;
import com.techpro.callclient.engine.failure.Failure.MediaRefused;
import com.techpro.callclient.engine.failure.Failure.MessageTooLarge;
import com.techpro.callclient.engine.failure.Failure.MicrophoneDenied;
import com.techpro.callclient.engine.failure.Failure.NotFound;
import com.techpro.callclient.engine.failure.Failure.ProtocolViolation;
import com.techpro.callclient.engine.failure.Failure.Redirected;
import com.techpro.callclient.engine.failure.Failure.Rejected;
import com.techpro.callclient.engine.failure.Failure.ServerError;
import com.techpro.callclient.engine.failure.Failure.SessionIntervalTooSmall;
import com.techpro.callclient.engine.failure.Failure.SwitchedOff;
import com.techpro.callclient.engine.failure.Failure.TimedOut;
import com.techpro.callclient.engine.failure.Failure.TlsFailed;
import com.techpro.callclient.engine.failure.Failure.TooManyCalls;
import com.techpro.callclient.engine.failure.Failure.Unavailable;
import com.techpro.callclient.engine.failure.Failure.Unreachable;
import java.util.Map;

/** The code and the advice of a {@link Failure}. */
record FailureText(String code, String advice) {
    private static final Map<Class<? extends Failure>, FailureText> FIXED = Map.ofEntries(
            fixed(Dns.class, "dns", "Check the name of the phone system and that this device is online."),
            fixed(SwitchedOff.class, "switched-off", "Your organisation has switched this off; ask its administrator."),
            fixed(
                    DestinationRefused.class,
                    "destination-refused",
                    "The phone system names a host that the organisation's policy does not allow; ask its"
                            + " administrator."),
            fixed(
                    Unreachable.class,
                    "unreachable",
                    "The phone system does not answer; check the network, or try again later."),
            fixed(Forbidden.class, "forbidden", "The phone system does not allow this; ask its administrator."),
            fixed(Busy.class, "busy", "The number is busy; try again later."),
            fixed(Declined.class, "declined", "The other side declined."),
            fixed(Unavailable.class, "unavailable", "Nobody at this number can take a call now; try again later."),
            fixed(
                    SessionIntervalTooSmall.class,
                    "session-interval-too-small",
                    "The phone system and this app cannot agree on a session timer; ask its administrator."),
            fixed(NotFound.class, "not-found", "Check the number and dial again."),
            fixed(TooManyCalls.class, "too-many-calls", "This app has reached its limit of calls; end one first."),
            fixed(
                    AudioUnavailable.class,
                    "audio-unavailable",
                    "Check that a microphone and a speaker are connected and that this app may use them."),
            fixed(
                    MicrophoneDenied.class,
                    "microphone-denied",
                    "Calls need the microphone; allow this app to use it in the system's settings."),
            fixed(
                    MessageTooLarge.class,
                    "message-too-large",
                    "This message is too large for UDP; set the account to TLS or TCP."),
            fixed(
                    ProtocolViolation.class,
                    "protocol-violation",
                    "The phone system sent something that is not valid SIP; tell its administrator."));

    static FailureText of(Failure failure) {
        if (failure instanceof TlsFailed tls) {
            return new FailureText(tls.problem().code, tls.problem().advice);
        } else if (failure instanceof CaptivePortal) {
            return new FailureText(
                    "captive-portal",
                    "This network may require a sign-in: open any page in a browser and sign in, or use another network.");
        } else if (failure instanceof AuthenticationFailed authentication) {
            return new FailureText(authentication.problem().code, authentication.problem().advice);
        } else if (failure instanceof MediaRefused media) {
            return new FailureText(media.problem().code, media.problem().advice);
        } else if (failure instanceof TimedOut timedOut) {
            return new FailureText(timedOut.waited().code, "There was no answer in time; try again.");
        } else if (failure instanceof Redirected redirected) {
            return new FailureText(
                    "redirected-" + redirected.status(), "This number has moved; find the new number and dial that.");
        } else if (failure instanceof ServerError error) {
            return new FailureText(
                    "server-error-" + error.status(), "The phone system has a problem; try again later.");
        } else if (failure instanceof Rejected rejected) {
            return new FailureText(
                    "rejected-" + rejected.status(),
                    "The phone system refused (" + rejected.status() + "); ask its administrator if this goes on.");
        }
        return FIXED.getOrDefault(failure.getClass(), new FailureText("failed", "Try again later."));
    }

    private static Map.Entry<Class<? extends Failure>, FailureText> fixed(
            Class<? extends Failure> type, String code, String advice) {
        return Map.entry(type, new FailureText(code, advice));
    }
}
