// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who refreshes a session, and how long it lives without (RFC 4028). */
class SessionExpiresTest {
    private static final String NONE = "none";

    /** RFC 4028 §9, table 2: what the answerer makes of an INVITE. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                  | timer | none",
                "1800                               | timer | 1800 theirs",
                "1800;refresher=uac                 | timer | 1800 theirs",
                "1800;refresher=uas                 | timer | 1800 ours",
                "1800; other=1 ; Refresher = UAS    | timer | 1800 ours",
                "1800                               | path  | 1800 ours",
                "1800;refresher=uac                 | path  | 1800 ours",
                "90                                 | timer | 90 theirs",
                "89                                 | path  | 90 ours",
                "1                                  | path  | 90 ours",
                "86401                              | timer | 86400 theirs",
                "4294967295                         | timer | 86400 theirs",
                "never                              | timer | none"
            })
    void an_INVITE_is_answered_with_a_bounded_interval_and_a_refresher(String header, String supported, String agreed) {
        assertThat(shown(SessionExpires.answering(invite(header, supported)))).isEqualTo(agreed);
    }

    @Test
    void a_required_timer_option_counts_as_supported() {
        SipRequest invite =
                (SipRequest) parse("INVITE sip:alice@pbx.test SIP/2.0", "Session-Expires: 60\r\nRequire: timer");

        assertThat(SessionExpires.isTooShort(invite)).isTrue();
        assertThat(shown(SessionExpires.answering(invite))).isEqualTo("90 theirs");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"89, timer, true", "90, timer, false", "89, path, false", "0, timer, true", "-, timer, false"})
    void a_session_that_would_live_too_short_is_refused_where_that_is_understood(
            String header, String supported, boolean refused) {
        assertThat(SessionExpires.isTooShort(invite(header, supported))).isEqualTo(refused);
    }

    /** RFC 4028 §7.2: without a refresher the one who asked is. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, none",
                "1800;refresher=uac, 1800 ours",
                "1800;refresher=uas, 1800 theirs",
                "1800, 1800 ours",
                "60;refresher=uas, 90 theirs"
            })
    void a_2xx_to_our_request_decides_the_interval_and_the_refresher(String header, String agreed) {
        SipResponse success = (SipResponse) parse("SIP/2.0 200 OK", header == null ? "" : "Session-Expires: " + header);

        assertThat(shown(SessionExpires.agreed(success))).isEqualTo(agreed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1800, 90,  -,     1800,                -",
                "1800, 300, -,     1800,                300",
                "1800, 91,  ours,  1800;refresher=uac,  91",
                "1800, 90,  theirs, 1800;refresher=uas, -"
            })
    void our_request_states_the_wanted_interval_the_minimum_and_the_refresher(
            long interval, long shortest, String now, String expires, String minimum) {
        SipRequest.Builder request = invite(null, "timer").toBuilder();

        SessionExpires.ask(
                request,
                Duration.ofSeconds(interval),
                Duration.ofSeconds(shortest),
                now == null ? null : new SessionExpires(Duration.ofSeconds(interval), now.equals("ours")));

        assertThat(request.build().header("Session-Expires")).isEqualTo(expires);
        assertThat(request.build().header("Min-SE")).isEqualTo(minimum);
    }

    @Test
    void the_agreeing_2xx_names_the_refresher_and_requires_timer_only_of_the_far_end() {
        SipResponse.Builder ours = ((SipResponse) parse("SIP/2.0 200 OK", "")).toBuilder();
        new SessionExpires(Duration.ofSeconds(1_800), true).tell(ours);
        assertThat(ours.build().header("Session-Expires")).isEqualTo("1800;refresher=uas");
        assertThat(ours.build().headers("Require")).isEmpty();

        SipResponse.Builder theirs = ((SipResponse) parse("SIP/2.0 200 OK", "")).toBuilder();
        new SessionExpires(Duration.ofSeconds(90), false).tell(theirs);
        assertThat(theirs.build().header("Session-Expires")).isEqualTo("90;refresher=uac");
        assertThat(theirs.build().headers("Require")).containsExactly("timer");
    }

    private static String shown(SessionExpires agreed) {
        return agreed == null ? NONE : agreed.interval().getSeconds() + (agreed.ours() ? " ours" : " theirs");
    }

    private static SipRequest invite(String sessionExpires, String supported) {
        return (SipRequest) parse(
                "INVITE sip:alice@pbx.test SIP/2.0",
                "Supported: " + supported + (sessionExpires == null ? "" : "\r\nSession-Expires: " + sessionExpires));
    }

    private static SipMessage parse(String start, String lines) {
        String text = start + "\r\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
                + "From: <sip:bob@pbx.test>;tag=1\r\nTo: <sip:alice@pbx.test>;tag=2\r\nCall-ID: one\r\nCSeq: 1 INVITE\r\n"
                + "Contact: <sip:bob@192.0.2.10>\r\n" + (lines.isEmpty() ? "" : lines + "\r\n")
                + "Content-Length: 0\r\n\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ((ParseOutcome.Parsed) new SipParser().parse(bytes, 0, bytes.length)).message();
    }
}
