// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.LAB;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.agreed;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.local;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.mediaLines;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.remote;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats.RoundTrip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3611 §5. */
class XrAttributeTest {
    private static final String OURS =
            "a=rtcp-xr:rcvr-rtt=all stat-summary=loss,dup,jitt voip-metrics pkt-loss-rle=256";

    static Stream<Arguments> lines() {
        XrFormats none = XrFormats.NONE;
        return Stream.of(
                Arguments.of("", none),
                Arguments.of("voip-metrics", none.withVoipMetrics()),
                Arguments.of("rcvr-rtt=all", none.with(RoundTrip.ALL)),
                // as Linphone writes it
                Arguments.of(
                        "rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics",
                        none.with(RoundTrip.ALL).withSummary(true, true, true).withVoipMetrics()),
                Arguments.of("rcvr-rtt=sender:800 x-new=1", none.with(RoundTrip.SENDER)),
                Arguments.of("rcvr-rtt=nobody", none),
                Arguments.of("rcvr-rtt", none),
                Arguments.of("pkt-loss-rle", none.withLossRle(256)),
                Arguments.of("pkt-loss-rle=40", none.withLossRle(40)),
                Arguments.of("pkt-loss-rle=9999", none.withLossRle(256)),
                Arguments.of("pkt-loss-rle=4", none),
                Arguments.of("pkt-loss-rle=-1", none),
                Arguments.of("pkt-loss-rle=99999999999999", none),
                Arguments.of("stat-summary", none.withSummary(true, true, true)),
                Arguments.of("stat-summary=jitt", none.withSummary(false, false, true)),
                Arguments.of("stat-summary=TTL", none),
                Arguments.of("VOIP-Metrics  pkt-dup-rle=100", none.withVoipMetrics()),
                Arguments.of("x ".repeat(32) + "voip-metrics", none));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void formats_that_the_author_wants_are_read(String value, XrFormats expected) {
        assertThat(XrAttribute.parse(List.of(value))).isEqualTo(expected);
    }

    @Test
    void an_offer_has_the_formats_that_we_read() {
        assertThat(mediaLines(OfferAnswer.offer(local(LAB), MediaDirection.SENDRECV)))
                .contains("|" + OURS + "|");
        assertThat(XrAttribute.parse(List.of(OURS.substring("a=rtcp-xr:".length()))))
                .isEqualTo(XrFormats.ALL);
    }

    /** RFC 3261 §18.1.1: a longer INVITE needs TCP, which a phone system may not have. */
    @Test
    void an_offer_that_has_to_fit_into_a_datagram_asks_for_no_reports() {
        LocalMedia usual = local(LAB);
        LocalMedia compact = new LocalMedia(
                usual.sessionId(),
                usual.rtp(),
                usual.floor(),
                usual.keys(),
                usual.codecs(),
                usual.keying(),
                usual.offered(),
                usual.identity(),
                usual.ice(),
                usual.relatedWithheld(),
                true);
        assertThat(mediaLines(OfferAnswer.offer(compact, MediaDirection.SENDRECV)))
                .doesNotContain("rtcp-xr");
    }

    @Test
    void an_offer_with_the_attribute_is_answered_with_it() throws Exception {
        Negotiation.Agreed answer = agreed(OfferAnswer.answer(
                local(LAB), MediaDirection.SENDRECV, remote("m=audio 4000 RTP/AVP 0|a=rtcp-xr:voip-metrics")));
        assertThat(mediaLines(answer.local())).contains("|" + OURS + "|");
        assertThat(answer.media().parameters().extendedReports()).isEqualTo(XrFormats.NONE.withVoipMetrics());
    }

    @Test
    void an_offer_without_the_attribute_is_answered_without_it() throws Exception {
        Negotiation.Agreed answer =
                agreed(OfferAnswer.answer(local(LAB), MediaDirection.SENDRECV, remote("m=audio 4000 RTP/AVP 0")));
        assertThat(mediaLines(answer.local())).doesNotContain("rtcp-xr");
        assertThat(answer.media().parameters().extendedReports()).isEqualTo(XrFormats.NONE);

        // And a later offer of ours is as that answer was
        assertThat(mediaLines(OfferAnswer.offer(local(LAB), MediaDirection.SENDRECV, answer.local(), null)))
                .doesNotContain("rtcp-xr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|a=rtcp-xr:"})
    void nothing_is_sent_to_a_far_end_that_wants_nothing(String attribute) throws Exception {
        LocalMedia local = local(LAB);
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        Negotiation.Agreed concluded =
                agreed(OfferAnswer.conclude(local, offer, remote("m=audio 4000 RTP/AVP 0" + attribute)));
        assertThat(concluded.media().parameters().extendedReports()).isEqualTo(XrFormats.NONE);
    }

    @Test
    void an_attribute_of_the_whole_session_holds_for_the_section() throws Exception {
        LocalMedia local = local(LAB);
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        Negotiation.Agreed concluded =
                agreed(OfferAnswer.conclude(local, offer, remote("a=rtcp-xr:voip-metrics|m=audio 4000 RTP/AVP 0")));
        assertThat(concluded.media().parameters().extendedReports()).isEqualTo(XrFormats.NONE.withVoipMetrics());
    }
}
