// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import java.time.Duration;
import java.util.Map;

/**
 * The PBX's own offer to a device in an established call. Waits while another is open, and retries
 * after glare (RFC 3261 §14.1).
 */
final class Renegotiation {
    private static final Duration SETTLES = Duration.ofMillis(50);
    private static final Duration AFTER_GLARE = Duration.ofSeconds(3);

    /** Receives the outcome. */
    interface Outcome {
        /** @param direction as the device sees it */
        void agreed(Sdp.Section audio, String direction);

        /**
         * The offer was refused, also with 488 for an answer that does not fit; the previous
         * agreement stays.
         */
        void refused(int status);
    }

    private final EngineLoop loop;
    private final Leg leg;
    private final Sdp.Section like;
    private final String direction;
    private final Map<String, String> headers;
    private final Outcome outcome;

    private Renegotiation(
            EngineLoop loop,
            Leg leg,
            Sdp.Section like,
            String direction,
            Map<String, String> headers,
            Outcome outcome) {
        this.loop = loop;
        this.leg = leg;
        this.like = like;
        this.direction = direction;
        this.headers = headers;
        this.outcome = outcome;
    }

    /** @param direction the direction in the offer */
    static void begin(
            EngineLoop loop,
            Leg leg,
            Sdp.Section like,
            String direction,
            Map<String, String> headers,
            Outcome outcome) {
        new Renegotiation(loop, leg, like, direction, headers, outcome).attempt();
    }

    private void attempt() {
        if (leg.closed()) {
            return;
        }
        if (leg.negotiating()) {
            loop.schedule(SETTLES, this::attempt);
            return;
        }
        leg.invite(leg.media().offer(like, direction), headers, new InviteOutcome() {
            @Override
            public void accepted(SipResponse ok) {
                leg.acknowledge(ok, null);
                Sdp answer = SdpBody.of(ok);
                Sdp.Section audio =
                        leg.closed() || answer == null ? null : leg.media().acceptAnswer(answer);
                if (answer == null || audio == null) {
                    refused(488);
                } else {
                    leg.media().commit();
                    outcome.agreed(audio, answer.directionOf(audio));
                }
            }

            @Override
            public void refused(int status) {
                leg.media().withdraw();
                if (leg.closed()) {
                    return;
                }
                if (status == 491) {
                    loop.schedule(AFTER_GLARE, Renegotiation.this::attempt);
                } else {
                    outcome.refused(status);
                }
            }
        });
    }
}
