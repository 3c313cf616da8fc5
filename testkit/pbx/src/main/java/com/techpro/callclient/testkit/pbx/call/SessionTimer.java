// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session timer of one leg (RFC 4028): short, refreshed by the PBX with an UPDATE that leaves the next refresh to the device; before that, where it
 * behaves so, with a re-INVITE. On the signalling loop.
 */
public final class SessionTimer {
    static final long INTERVAL_SECONDS = 90;

    private static final Duration REFRESH_AFTER = Duration.ofSeconds(INTERVAL_SECONDS / 2);
    private static final Duration AFTER_GLARE = Duration.ofSeconds(3);

    private final Leg leg;
    private final EngineLoop loop;
    private @Nullable Timer timer;
    private boolean byReInvite;
    private boolean stopped;

    SessionTimer(Leg leg, EngineLoop loop) {
        this.leg = leg;
        this.loop = loop;
        this.byReInvite = leg.does(FieldBehaviour.REFRESHES_BY_REINVITE);
    }

    /** Whether a request asks for less than the PBX grants; it was answered with 422 then. */
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

    /** The device's INVITE gets its 200. */
    void answering(SipRequest invite, SipResponse.Builder ok) {
        if (supports(invite)) {
            boolean device = "uac".equals(refresher(invite));
            ok.set("Session-Expires", INTERVAL_SECONDS + ";refresher=" + (device ? "uac" : "uas"))
                    .set("Require", "timer");
            begin(!device);
        }
    }

    /** The PBX sends an INVITE. */
    void inviting(SipRequest.Builder invite) {
        invite.set("Supported", "timer")
                .set("Session-Expires", INTERVAL_SECONDS + ";refresher=uac")
                .set("Min-SE", Long.toString(INTERVAL_SECONDS));
    }

    /** The device took it. */
    void accepted(SipResponse ok) {
        if (ok.hasHeader("Session-Expires")) {
            begin(!"uas".equals(refresher(ok)));
        }
    }

    /** The device's UPDATE without a description. */
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
            // What it says of the session is what every INVITE of the PBX says, and its 2xx begins the next interval.
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
