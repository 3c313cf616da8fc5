// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connects two devices from other calls. Re-INVITEs offer each the other's formats (RFC 3725 §4)
 * and tell each the other's identity. Without a common codec each uses its own. On the signalling
 * loop.
 */
final class CallConnector {
    /** Receives the outcome. */
    interface Outcome {
        /** Both use these formats. */
        void agreed(Sdp.Section formats, boolean bothWays);

        /** Their formats have to be transcoded. */
        void transcoded(Sdp.Section ones, Sdp.Section others);

        /** One of them is gone, or supports no format that the PBX knows. */
        void failed();
    }

    private final EngineLoop loop;
    private final Leg one;
    private final Leg other;
    private final Outcome outcome;

    CallConnector(EngineLoop loop, Leg one, Leg other, Outcome outcome) {
        this.loop = loop;
        this.one = one;
        this.other = other;
        this.outcome = outcome;
    }

    /**
     * @param ones the formats that the first device has just agreed to; null if it has to be asked
     */
    void begin(Sdp.@Nullable Section ones) {
        if (ones != null) {
            offerToOther(ones, "sendrecv");
            return;
        }
        ask(one, other, SupportedFormats.ALL, "sendrecv", new Step() {
            @Override
            public void agreed(Sdp.Section audio, String direction) {
                offerToOther(audio, direction);
            }
        });
    }

    private void offerToOther(Sdp.Section ones, String direction) {
        ask(other, one, ones, direction, new Step() {
            @Override
            public void agreed(Sdp.Section others, String answered) {
                if (others.formats().equals(ones.formats())) {
                    outcome.agreed(others, answered.equals("sendrecv"));
                } else {
                    offerToOne(others, SupportedFormats.opposite(answered));
                }
            }

            @Override
            public void refused(int status) {
                if (status == 488 && SupportedFormats.transcodes(ones)) {
                    transcode(ones, direction);
                } else {
                    outcome.failed();
                }
            }
        });
    }

    /** The other device answered with fewer formats, or prefers another. */
    private void offerToOne(Sdp.Section others, String direction) {
        ask(one, other, others, direction, new Step() {
            @Override
            public void agreed(Sdp.Section ones, String answered) {
                outcome.agreed(ones, answered.equals("sendrecv"));
            }
        });
    }

    private void transcode(Sdp.Section ones, String direction) {
        ask(other, one, SupportedFormats.TRANSCODED, direction, new Step() {
            @Override
            public void agreed(Sdp.Section others, String answered) {
                outcome.transcoded(ones, others);
            }
        });
    }

    private void ask(Leg leg, Leg about, Sdp.Section like, String direction, Step then) {
        SipUri who = about.dialog().remote().uri();
        String named = "\"Extension " + who.user() + "\" <" + who.encode() + ">";
        Renegotiation.begin(loop, leg, like, direction, Map.of("P-Asserted-Identity", named), then);
    }

    private abstract class Step implements Renegotiation.Outcome {
        @Override
        public void refused(int status) {
            outcome.failed();
        }
    }
}
