// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a trace shows of a message, and what it never does (promise O2). Every mark has "zzz" in it. */
class SipRedactorTest {
    private final SipRedactor redactor = new SipRedactor(new Pseudonyms(Seeds.random(1)));

    private static final String INVITE = String.join(
            "\r\n",
            "INVITE sip:zzz1001@zzz.example;transport=tcp SIP/2.0",
            "Via: SIP/2.0/TLS zzz.example:5061;branch=z9hG4bKzzz;rport;received=192.0.2.77",
            "f: \"Anna Zzz\" <sip:+4930zzz@zzz.example:5070>;tag=zzzfrom",
            "To: <sip:zzz1001@zzz.example>",
            "Call-ID: zzz@192.0.2.77",
            "CSeq: 7 INVITE",
            "Contact: <sip:zzz@192.0.2.77:5061;transport=tls>;+sip.instance=\"<urn:uuid:zzz>\";expires=60",
            "P-Asserted-Identity: \"Zzz\" <tel:+4930zzz>",
            "Authorization: Digest username=\"zzz\", realm=\"zzz\", nonce=\"zzz\", uri=\"sip:zzz\", response=\"zzz\","
                    + " algorithm=SHA-256, qop=auth",
            "User-Agent: zzz's phone",
            "Subject: zzz",
            " zzz folded",
            "X-Zzz: zzz",
            "Supported: timer, zzz, 100rel",
            "Max-Forwards: 70",
            "Content-Type: application/sdp",
            "",
            "v=0",
            "o=zzz 1 2 IN IP4 192.0.2.77",
            "s=zzz",
            "c=IN IP4 192.0.2.77",
            "t=0 0",
            "m=audio 40000 RTP/SAVP 0 101",
            "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:101 zzz/8000",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:zzzKEY|2^20",
            "a=ice-pwd:zzz",
            "a=sendonly",
            "");

    private static final String MORE_HEADERS = String.join(
            "\r\n",
            "Expires: 3600",
            "Priority: urgent",
            "Session-Expires: 1800;refresher=uac",
            "Min-SE: 90",
            "RAck: 17 1 INVITE",
            "Retry-After: 5 (busy);duration=60",
            "Reason: Q.850;cause=16",
            "Event: dialog;id=7",
            "Subscription-State: active;expires=60",
            "Allow: INVITE, ACK",
            "Privacy: id",
            "Replaces: abc;to-tag=1;from-tag=2",
            "Diversion: <sip:a@b>;reason=no-answer;counter=1",
            "Content-Disposition: session;handling=optional",
            "Date: Sat, 13 Nov 2010 23:29:00 GMT",
            "");

    private String redact(String message) {
        return redactor.redact(message.getBytes(StandardCharsets.UTF_8)).text();
    }

    @Test
    void O2_pseudonyms_differ_from_run_to_run() {
        Random random = Seeds.random(1);
        RandomDraws.assertRandomText(
                10, () -> new Pseudonyms(random).user("1001").substring("user-".length()));
    }

    @Test
    void O2_a_redacted_message_contains_no_identity_and_no_secret() {
        SipRedactor.Redacted shown = redactor.redact(INVITE.getBytes(StandardCharsets.UTF_8));

        assertThat(shown.text() + shown.callId() + shown.summary())
                .doesNotContainIgnoringCase("zzz")
                .doesNotContain("4930")
                .doesNotContain("1001")
                .doesNotContain("192.0.2");
    }

    /** Each word and each number of a message, in turn, is a name, a telephone number, an address or a key. */
    @Test
    void O2_a_secret_in_any_place_of_a_message_is_not_in_the_trace() {
        String message = INVITE.replace("X-Zzz: zzz\r\n", MORE_HEADERS);
        for (String secret : List.of("Mallory", "INLINE:Mallory", "4930123456", "1701555123", "10.98.76.54")) {
            Matcher place = Pattern.compile("[^ /:;=,|<>@\"\r\n]+").matcher(message);
            while (place.find()) {
                String with = message.substring(0, place.start()) + secret + message.substring(place.end());
                SipRedactor.Redacted shown = redactor.redact(with.getBytes(StandardCharsets.UTF_8));

                assertThat(shown.text() + shown.callId() + shown.summary())
                        .as("in place of %s at %d", place.group(), place.start())
                        .doesNotContainIgnoringCase(secret)
                        .doesNotContainIgnoringCase("mallory");
            }
        }
    }

    @Test
    void O2_a_call_id_of_digits_is_no_random_one() {
        for (String digits : List.of("00004930123456780000493012345678", "49301234-5678-4930-1234-493012345678")) {
            assertThat(redact("BYE sip:a@b SIP/2.0\r\nCall-ID: " + digits + "\r\n\r\n"))
                    .contains("Call-ID: call-")
                    .doesNotContain(digits);
        }
    }

    @Test
    void a_large_number_keeps_its_pseudonym_so_that_RAck_can_be_matched() {
        String shown = redact("PRACK sip:a@b SIP/2.0\r\nRSeq: 1988789\r\nRAck: 1988789 1 INVITE\r\n\r\n");
        String number = shown.substring(shown.indexOf("RSeq: ") + 6, shown.indexOf("\nRAck"));

        assertThat(number).startsWith("number-");
        assertThat(shown).contains("RAck: " + number + " 1 INVITE");
    }

    @Test
    void diagnostic_parts_of_a_message_stay_visible() {
        assertThat(redact(INVITE))
                .startsWith("INVITE <sip:user-")
                .contains("Via: SIP/2.0/TLS host-")
                .contains("CSeq: 7 INVITE")
                .contains("algorithm=SHA-256, qop=auth")
                .contains("Supported: timer ? 100rel")
                .contains("Max-Forwards: 70")
                .contains("m=audio 40000 RTP/SAVP 0 101")
                .contains("a=rtpmap:0 PCMU/8000")
                .contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[redacted]")
                .contains("a=sendonly")
                .contains("expires=60");
        assertThat(redactor.redact(INVITE.getBytes(StandardCharsets.UTF_8)).summary())
                .isEqualTo("INVITE");
    }

    @Test
    void the_same_value_has_the_same_pseudonym_and_another_clients_trace_another_one() {
        String text = redact(INVITE);
        String to = text.substring(text.indexOf("To: <sip:") + 9);
        String user = to.substring(0, to.indexOf('@'));

        assertThat(text).contains("INVITE <sip:" + user + "@");
        SipRedactor other = new SipRedactor(new Pseudonyms(Seeds.random(2)));
        assertThat(other.redact(INVITE.getBytes(StandardCharsets.UTF_8)).text()).doesNotContain(user);
    }

    @Test
    void the_reason_phrase_and_bodies_other_than_sdp_are_left_out() {
        String text =
                redact("SIP/2.0 486 zzz is busy\r\nCSeq: 1 INVITE\r\nContent-Type: text/plain\r\n\r\nzzz digits 1234");

        assertThat(text)
                .startsWith("SIP/2.0 486\n")
                .contains("[15 bytes redacted]")
                .doesNotContain("zzz");
    }

    @Test
    void a_random_call_id_stays_so_that_it_can_be_found_in_the_phone_systems_own_log() {
        String id = "0123456789abcdef0123456789abcdef";

        assertThat(redact("BYE sip:a@b SIP/2.0\r\nCall-ID: " + id + "\r\n\r\n")).contains("Call-ID: " + id);
    }

    @Test
    void input_that_is_not_SIP_is_left_out_without_failing() {
        for (String junk :
                new String[] {"", "\r\n", "zzz", "zzz: zzz\n\nzzz", ":\r\n \r\n:", "SIP/2.0 zzz", " zzz\r\n zzz"}) {
            assertThat(redact(junk)).doesNotContain("zzz");
        }
        Random random = Seeds.random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = INVITE.getBytes(StandardCharsets.UTF_8);
            for (int j = 0; j < 8; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(redactor.redact(bytes).text()).doesNotContain("zzzKEY");
        }
    }
}
