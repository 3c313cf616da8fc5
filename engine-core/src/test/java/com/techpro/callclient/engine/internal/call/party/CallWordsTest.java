// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.signalling.CallEndings;
import com.techpro.callclient.engine.internal.call.signalling.DtmfInfo;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.List;
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
        "sip:bob@other.example?Subject=x, sip:bob@other.example",
        "0800 FLOWERS, sip:08003569377@pbx.example",
        "0800 flowers, sip:08003569377@pbx.example",
        "1-800-FLOWERS, sip:18003569377@pbx.example",
        "'+1 (800) GO-FEDEX', sip:+18004633339@pbx.example",
        "020 7946 ABCD, sip:02079462223@pbx.example",
        "anna, sip:anna@pbx.example",
        "room7, sip:room7@pbx.example",
        "2fa, sip:2fa@pbx.example",
        "1001-alice, sip:1001-alice@pbx.example",
        "1800FLOWERS, sip:1800FLOWERS@pbx.example",
        "00304805A1B2, sip:00304805A1B2@pbx.example",
        "00-04-13-AB-CD-EF, sip:00-04-13-AB-CD-EF@pbx.example"
    })
    void typed_text_becomes_a_SIP_URI(String typed, String address) {
        assertThat(DialTarget.parse(typed, "pbx.example").encode()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "sip:", "sip:other.example", "a b@c", "sip:a@b\r\nEvil: yes", "http://x"})
    void an_undialable_target_is_refused(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> DialTarget.parse(typed, "pbx.example"));
    }

    /** The keypad of ITU-T E.161, figure 1. */
    @ParameterizedTest
    @CsvSource({"ABC, 2", "DEF, 3", "GHI, 4", "JKL, 5", "MNO, 6", "PQRS, 7", "TUV, 8", "WXYZ, 9"})
    void each_letter_is_the_key_that_it_stands_on(String letters, String key) {
        for (char letter : letters.toCharArray()) {
            assertThat(DialTarget.parse("0800 12" + letter + "4567", "pbx.example")
                            .user())
                    .isEqualTo("080012" + key + "4567");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "600,,1         | 600          | ,,1",
                "600, 12#,,*9   | 600          | ,12#,,*9",
                "+44 20 7946,1a | +44207946    | ,1A",
                "600,           | 600          | ,",
                "600            | 600          | ''",
                "a,b            | a,b          | ''",
                "1001,anna      | 1001,anna    | ''"
            })
    void keys_behind_a_number_are_for_after_the_answer(String typed, String user, String keys) {
        DialTarget target = DialTarget.dialled(typed, "pbx.example");

        assertThat(target.uri().user()).isEqualTo(user);
        assertThat(target.keys()).isEqualTo(keys);
        assertThat(target).hasToString("DialTarget[redacted]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'600;1', WAIT",
        "'600,1;2', WAIT",
        "'1 anna', NOT_AN_ADDRESS",
        "'http://x', NOT_AN_ADDRESS",
        "'sip:other.example', NOBODY"
    })
    void the_error_for_an_undialable_target_names_the_reason_and_not_the_input(
            String typed, UndialableException.Reason reason) {
        assertThatExceptionOfType(UndialableException.class)
                .isThrownBy(() -> DialTarget.dialled(typed, "pbx.example"))
                .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(reason))
                .withMessage(reason.advice());
    }

    @Test
    void an_overlong_target_is_refused_as_too_long() {
        for (String typed :
                List.of("1".repeat(300), "a".repeat(300), "sip:" + "a".repeat(300) + "@x", "1,".repeat(150))) {
            assertThatExceptionOfType(UndialableException.class)
                    .isThrownBy(() -> DialTarget.dialled(typed, "pbx.example"))
                    .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(UndialableException.Reason.TOO_LONG));
        }
    }

    @Test
    void keys_are_refused_where_this_phone_calls_nobody() {
        assertThatExceptionOfType(UndialableException.class)
                .isThrownBy(() -> DialTarget.parse("600,1", "pbx.example"))
                .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(UndialableException.Reason.KEYS));
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
    void final_responses_map_to_call_endings(int status, String code) {
        SipResponse response =
                SipResponse.respondTo(request("INVITE").build(), status).build();
        assertThat(CallEndings.of(response, new Failure.Rejected(status), Failure.MediaProblem.ENCRYPTION_REFUSED, true)
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
    void an_INFO_without_a_valid_DTMF_digit_is_ignored(String type, String body) {
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
    void an_anonymous_caller_stays_anonymous() throws SipParseException {
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
