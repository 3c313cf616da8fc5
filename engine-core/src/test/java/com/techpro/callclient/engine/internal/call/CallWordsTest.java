// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users type, what responses and headers mean, and what keys look like in messages. */
class CallWordsTest {
    @ParameterizedTest
    @CsvSource({
        "1001, sip:1001@pbx.example",
        "*97, sip:*97@pbx.example",
        "'+44 (20) 7946-0123', sip:+442079460123@pbx.example",
        "tel:+44-20-7946-0123, sip:+442079460123@pbx.example",
        "alice-b, sip:alice-b@pbx.example",
        "bob@other.example, sip:bob@other.example",
        "sips:bob@other.example:5071, sips:bob@other.example:5071",
        "sip:bob@other.example?Subject=x, sip:bob@other.example"
    })
    void what_is_dialled(String typed, String address) {
        assertThat(DialTarget.parse(typed, "pbx.example").encode()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "sip:", "sip:other.example", "a b@c", "sip:a@b\r\nEvil: yes", "http://x"})
    void what_cannot_be_dialled(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> DialTarget.parse(typed, "pbx.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "486, busy",
        "600, busy",
        "603, declined",
        "607, declined",
        "404, not-found",
        "410, not-found",
        "484, not-found",
        "604, not-found",
        "480, unavailable",
        "408, no-answer",
        "487, no-answer",
        "488, encryption-refused",
        "606, encryption-refused",
        "302, rejected-302",
        "503, rejected-503"
    })
    void what_final_responses_mean(int status, String code) {
        SipResponse response =
                SipResponse.respondTo(request("INVITE").build(), status).build();
        assertThat(StatusMeaning.callEnding(
                                response, new Failure.Rejected(status), Failure.MediaProblem.ENCRYPTION_REFUSED, true)
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP;cause=200;text=\"Call completed elsewhere\" | true",
                "sip ; cause=200 | true",
                "Q.850;cause=26 | true",
                "Q.850;cause=16 | false",
                "SIP;cause=487 | false",
                "SIP;cause=2000 | false",
                "Q.850;cause=200 | false"
            })
    void RFC3326_reasons(String reason, boolean elsewhere) throws SipParseException {
        SipRequest cancel = request("CANCEL")
                .add("Reason", "Preemption;cause=1")
                .add("Reason", reason)
                .build();

        assertThat(StatusMeaning.isAnsweredElsewhere(cancel)).isEqualTo(elsewhere);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dtmf-relay | Signal=5\\nDuration=200\\n | 5 | 200",
                "application/dtmf-relay | signal= *  | * | 160",
                "application/dtmf-relay | Signal=11\\r\\nDuration=999999999999 | # | 160",
                "application/dtmf-relay | Duration=99999\\r\\nSignal=a | A | 10000",
                "application/dtmf | 7 | 7 | 160"
            })
    void keys_by_INFO(String type, String body, char tone, int millis) {
        SipRequest info = request("INFO")
                .body(type, body.replace("\\r", "\r").replace("\\n", "\n"))
                .build();

        assertThat(DtmfInfo.parse(info)).isEqualTo(new DtmfInfo(tone, Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dtmf-relay | Signal=",
                "application/dtmf-relay | Signal=12",
                "application/dtmf-relay | Duration=100",
                "application/dtmf | hello",
                "text/plain | Signal=5"
            })
    void what_is_no_key(String type, String body) {
        assertThat(DtmfInfo.parse(request("INFO").body(type, body).build())).isNull();
        assertThat(DtmfInfo.parse(request("INFO").build())).isNull();
    }

    @Test
    void our_own_keys_read_back() {
        for (char tone : DtmfInfo.TONES.toCharArray()) {
            SipRequest info = request("INFO")
                    .body(DtmfInfo.CONTENT_TYPE, DtmfInfo.of(tone).body())
                    .build();
            assertThat(DtmfInfo.parse(info)).isEqualTo(DtmfInfo.of(tone));
        }
    }

    @Test
    void who_wants_to_stay_unknown_does() throws SipParseException {
        assertThat(RemoteParty.of(NameAddr.parse("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1")))
                .isEqualTo(PartyIdentity.anonymous("anonymous.invalid"));
        assertThat(RemoteParty.of(NameAddr.parse("\"Alice\" <sip:alice@pbx.example>;tag=1")))
                .isEqualTo(new PartyIdentity("Alice", "alice", "pbx.example"));
    }

    private static SipRequest.Builder request(String method) {
        return SipRequest.builder(method, SipUri.of("sip:bob@192.0.2.2"))
                .from(NameAddr.of(SipUri.of("sip:alice@pbx.example")).withTag("a"))
                .to(NameAddr.of(SipUri.of("sip:bob@pbx.example")).withTag("b"))
                .callId("c")
                .cseq(1, method);
    }
}
