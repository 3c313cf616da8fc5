// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session timer of one leg (RFC 4028), with a short interval. The PBX refreshes with an UPDATE
 * that makes the device the next refresher. Before that it refreshes with a re-INVITE, if it
 * behaves so. On the signalling loop.
 */
public final class LegSessionTimer {
    static final long INTERVAL_SECONDS = 90;

    private static final Duration REFRESH_AFTER = Duration.ofSeconds(INTERVAL_SECONDS / 2);
    private static final Duration AFTER_GLARE = Duration.ofSeconds(3);

    private final Leg leg;
    private final EngineLoop loop;
    private @Nullable Timer timer;
    private boolean byReInvite;
    private boolean stopped;

    LegSessionTimer(Leg leg, EngineLoop loop) {
        this.leg = leg;
        this.loop = loop;
        this.byReInvite = leg.does(FieldBehaviour.REFRESHES_BY_REINVITE);
    }

    /**
     * Whether a request asks for a shorter interval than the PBX allows; if so, it has been
     * answered with 422.
     */
    public static boolean refusesTooShort(ServerTransactionHandle transaction) {
        long asked = transaction.request().number("Session-Expires");
        boolean tooShort = asked >= 0 && asked < INTERVAL_SECONDS;
        if (tooShort) {
            transaction.respond(transaction
                    .response(422)
                    .set("Min-SE", Long.toString(INTERVAL_SECONDS))
                    .build());
        }
        return tooShort;
    }

    /** Adds the timer to the 200 of the device's INVITE. */
    void answering(SipRequest invite, SipResponse.Builder ok) {
        if (supports(invite)) {
            boolean device = "uac".equals(refresher(invite));
            ok.set("Session-Expires", INTERVAL_SECONDS + ";refresher=" + (device ? "uac" : "uas"))
                    .set("Require", "timer");
            begin(!device);
        }
    }

    /** Adds the timer to an INVITE to the device. */
    void inviting(SipRequest.Builder invite) {
        invite.set("Supported", "timer")
                .set("Session-Expires", INTERVAL_SECONDS + ";refresher=uac")
                .set("Min-SE", Long.toString(INTERVAL_SECONDS));
    }

    /** Reads the timer from the device's 2xx. */
    void accepted(SipResponse ok) {
        if (ok.hasHeader("Session-Expires")) {
            begin(!"uas".equals(refresher(ok)));
        }
    }

    /** Handles the device's UPDATE without SDP. */
    void refreshed(ServerTransactionHandle update) {
        if (refusesTooShort(update)) {
            return;
        }
        SipResponse.Builder ok = update.response(200).contact(leg.dialog().contact());
        answering(update.request(), ok);
        update.respond(ok.build());
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void begin(boolean ours) {
        if (stopped) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timer = ours
                ? loop.schedule(REFRESH_AFTER, this::refresh)
                : loop.schedule(
                        Duration.ofSeconds(INTERVAL_SECONDS), () -> leg.call().lost(leg));
    }

    private void refresh() {
        if (leg.negotiating()) {
            timer = loop.schedule(AFTER_GLARE, this::refresh);
            return;
        }
        if (byReInvite) {
            byReInvite = false;
            // The re-INVITE carries the timer that every INVITE of the PBX carries, and its 2xx
            // begins the next interval.
            leg.reInvite(leg.media().offerAgain(), Map.of(), status -> refreshed(status, false));
            return;
        }
        SipRequest.Builder update = leg.dialog()
                .request("UPDATE")
                .contact(leg.dialog().contact())
                .set("Supported", "timer")
                .set("Session-Expires", INTERVAL_SECONDS + ";refresher=uas");
        leg.send(update, status -> refreshed(status, true));
    }

    private void refreshed(int status, boolean byUpdate) {
        if (stopped) {
            return;
        }
        if (status == 408 || status == 481) {
            leg.call().lost(leg);
        } else if (status == 491) {
            timer = loop.schedule(AFTER_GLARE, this::refresh);
        } else if (byUpdate || status >= 300) {
            begin(status >= 300);
        }
    }

    private static boolean supports(SipMessage message) {
        return message.headers("Supported").contains("timer");
    }

    private static @Nullable String refresher(SipMessage message) {
        String value = message.header("Session-Expires");
        int parameter = value == null ? -1 : value.indexOf("refresher=");
        if (value == null || parameter < 0) {
            return null;
        }
        String named = value.substring(parameter + "refresher=".length());
        int end = named.indexOf(';');
        return (end < 0 ? named : named.substring(0, end)).trim();
    }
}
