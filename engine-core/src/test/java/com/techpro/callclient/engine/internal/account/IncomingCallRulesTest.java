// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SdesOnly;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which an INVITE may end before it rings, from its bytes; and which way wins. */
class IncomingCallRulesTest {
    private static final SipAccount BOB =
            SipAccount.builder("bob", "pbx.test", Secret.of("pw")).build();
    private static final LocalMedia LOCAL = SdesOnly.create(
            new InetSocketAddress("192.0.2.1", 9), SecurityFloor.DEFAULT, Codecs.ALL, KeyingPolicy.SDES_ONLY);
    private static final LocalMedia WITHOUT_CODECS = SdesOnly.create(
            new InetSocketAddress("192.0.2.1", 9), SecurityFloor.DEFAULT, List.of(), KeyingPolicy.SDES_ONLY);

    private static final CallPhase OPEN = new CallPhase.OpeningMedia(false);
    private static final CallPhase ENDED = new CallPhase.Terminated(new CallEnding.LocalHangUp(), Linger.ACK);

    private static final String PLAIN = "m=audio 5000 RTP/AVP 0";
    private static final String SRTP = "m=audio 5000 RTP/SAVP 0\r\n"
            + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String UNKNOWN_CODEC = SRTP.replace("SAVP 0", "SAVP 120");

    /**
     * {@code header} and {@code offer} are of the INVITE; {@code account} lists what differs from an idle account
     * without forwarding.
     */
    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                // header | offer | account | outcome
                "- | srtp | - | Ring+sdp",
                "- | - | - | Ring",
                "- | srtp | ended | Ring+sdp",
                "- | srtp | open | Ring+sdp",
                "Replaces: 1@a;to-tag=2;from-tag=3 | srtp | - | Replace 1@a+sdp",
                "Replaces: 1@a;to-tag=2;from-tag=3 | - | - | Replace 1@a",
                "- | srtp | always | Forward unconditional",
                "- | srtp | dnd busy | Forward do-not-disturb",
                "- | srtp | open busy | Forward user-busy",
                "- | srtp | ended busy | Ring+sdp",
                // RFC 3261 §8.2.3 and §21.4.1
                "Content-Type: text/plain | text | - | 415 UNSUPPORTED_MEDIA_TYPE Accept",
                "Content-Type: application/sdp | text | - | 400 MALFORMED",
                // RFC 4028 §6
                "Session-Expires: 60 | srtp | - | 422 SESSION_INTERVAL_TOO_SMALL Min-SE: 90",
                "- | srtp | leaving | 480 ACCOUNT_UNAVAILABLE",
                // RFC 3891 §3
                "Replaces: 1@a | srtp | - | 400 MALFORMED",
                "Replaces: 1@a;to-tag=2;from-tag=3, 4@a;to-tag=5;from-tag=6 | srtp | - | 400 MALFORMED",
                "- | srtp | full | 486 TOO_MANY_CALLS",
                // RFC 3261 §13.3.1.3
                "- | plain | - | 488 NOT_ACCEPTABLE_HERE Warning: 399 callclient \"SRTP is required\"",
                "- | codec | - | 488 NOT_ACCEPTABLE_HERE Warning: 305 callclient \"Incompatible media format\"",
                "- | srtp | mute | 488 NOT_ACCEPTABLE_HERE Warning: 305 callclient \"Incompatible media format\"",
                "- | - | mute | 488 NOT_ACCEPTABLE_HERE Warning: 305 callclient \"Incompatible media format\"",
                // RFC 3261 §21.4.18
                "- | srtp | dnd | 480 DO_NOT_DISTURB Reason: SIP;cause=480;text=\"Do not disturb\" told rejected-here",
                // Of two that apply, the one above wins.
                "Content-Type: text/plain | text | leaving always full dnd | 415 UNSUPPORTED_MEDIA_TYPE Accept",
                "Session-Expires: 60 | plain | leaving always full dnd | 422 SESSION_INTERVAL_TOO_SMALL Min-SE: 90",
                "Replaces: 1@a | srtp | leaving always full dnd | 480 ACCOUNT_UNAVAILABLE",
                "Replaces: 1@a;to-tag=2;from-tag=3 | plain | always full dnd | Replace 1@a+sdp",
                "- | plain | always full dnd | Forward unconditional",
                "- | plain | full dnd | 486 TOO_MANY_CALLS",
                "- | plain | dnd | 488 NOT_ACCEPTABLE_HERE Warning: 399 callclient \"SRTP is required\"",
            })
    void an_invite_rings_or_ends_as_the_account_and_its_calls_say(
            String header, String offer, String account, String outcome) {
        assertThat(shown(IncomingCallRules.of(invite(header, offer), calls(account), settings(account))))
                .isEqualTo(outcome);
    }

    private static SipRequest invite(String header, String offer) {
        String body = offer == null
                ? ""
                : offer.equals("text")
                        ? "hello"
                        : "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n"
                                + (offer.equals("plain") ? PLAIN : offer.equals("codec") ? UNKNOWN_CODEC : SRTP)
                                + "\r\n";
        String type = body.isEmpty() || offer.equals("text") ? "" : "Content-Type: application/sdp\r\n";
        byte[] bytes = ("INVITE sip:bob@192.0.2.1 SIP/2.0\r\n"
                        + "Via: SIP/2.0/TLS 192.0.2.2;branch=z9hG4bK1\r\n"
                        + "From: <sip:alice@pbx.test>;tag=1\r\n"
                        + "To: <sip:bob@pbx.test>\r\n"
                        + "Call-ID: 1@192.0.2.2\r\n"
                        + "CSeq: 1 INVITE\r\n"
                        + "Contact: <sip:alice@192.0.2.2>\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "Supported: timer\r\n"
                        + (header == null ? "" : header + "\r\n")
                        + type
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) new SipParser().parse(bytes, 0, bytes.length);
        return (SipRequest) parsed.message();
    }

    private static boolean has(String account, String what) {
        return account != null && List.of(account.split(" ")).contains(what);
    }

    private static List<CallPhase> calls(String account) {
        if (has(account, "full")) {
            return List.of(OPEN, ENDED);
        }
        return has(account, "open") ? List.of(OPEN) : has(account, "ended") ? List.of(ENDED) : List.of();
    }

    private static IncomingCallRules.Settings settings(String account) {
        ForwardingRules forwarding = ForwardingRules.NONE
                .withAlways(has(account, "always") ? "1003" : null)
                .withBusy(has(account, "busy") ? "1003" : null);
        return new IncomingCallRules.Settings(
                BOB,
                has(account, "mute") ? WITHOUT_CODECS : LOCAL,
                forwarding,
                2,
                has(account, "dnd"),
                has(account, "leaving"));
    }

    private static String shown(IncomingCallRules.Outcome outcome) {
        if (outcome instanceof IncomingCallRules.Ring ring) {
            return "Ring" + (ring.offer() == null ? "" : "+sdp");
        }
        if (outcome instanceof IncomingCallRules.Replace replace) {
            return "Replace " + replace.named().dialog().callId() + (replace.offer() == null ? "" : "+sdp");
        }
        if (outcome instanceof IncomingCallRules.Forward forward) {
            return "Forward " + forward.to().toString().replaceAll("Forwarding\\[(.*)]", "$1");
        }
        IncomingCallRules.Refuse refusal = (IncomingCallRules.Refuse) outcome;
        StringBuilder shown =
                new StringBuilder().append(refusal.status()).append(' ').append(refusal.reason());
        refusal.headers()
                .forEach((name, value) -> shown.append(' ').append(name.equals("Accept") ? name : name + ": " + value));
        return shown
                + (refusal.ending() == null ? "" : " told " + refusal.ending().code());
    }
}
