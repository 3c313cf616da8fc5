// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.privacy.WireRecord.Sent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A proof that cannot fail proves nothing: each is shown evidence of the breach that it is there to find. */
class ProofsTest {
    private static final InetSocketAddress PBX = new InetSocketAddress("127.0.0.73", 5061);

    private final Canaries canaries = new Canaries(Seeds.random(1));
    private final Random random = Seeds.random(2);

    @Test
    void clean_evidence_is_clean() {
        assertThat(Proofs.passwordsStay(sent(tls(random(200))))).isEmpty();
        assertThat(Proofs.everythingIsEncrypted(media(false, false))).isEmpty();
        assertThat(Proofs.onlyThePhoneSystem(sent(tls(random(10))))).isEmpty();
        assertThat(Proofs.nothingIsShown(shown("nothing"))).isEmpty();
    }

    @Test
    void C1_a_password_on_the_wire_is_found_in_every_form() {
        String password = canaries.password().value();
        byte[] basic = ("xy:" + password).getBytes(StandardCharsets.UTF_8);
        for (byte[] leak : List.of(
                password.getBytes(StandardCharsets.UTF_8),
                password.getBytes(StandardCharsets.UTF_16LE),
                Base64.getEncoder().encode(basic),
                Base64.getEncoder()
                        .encode(("x" + new String(basic, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder()
                        .encode(("xx" + new String(basic, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)))) {
            assertThat(Proofs.passwordsStay(sent(new Sent(true, PBX, leak)))).isNotEmpty();
        }
        byte[] whole = password.getBytes(StandardCharsets.UTF_8);
        assertThat(Proofs.passwordsStay(sent(
                        new Sent(true, PBX, Arrays.copyOf(whole, 5)),
                        new Sent(true, PBX, Arrays.copyOfRange(whole, 5, whole.length)))))
                .as("cut in two")
                .isNotEmpty();
    }

    @Test
    void S4_clear_sip_sound_and_reports_are_found() {
        byte[] register = "REGISTER sip:pbx.test SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(Proofs.everythingIsEncrypted(sent(new Sent(true, PBX, register))))
                .isNotEmpty();
        assertThat(Proofs.everythingIsEncrypted(sent(new Sent(false, PBX, register))))
                .isNotEmpty();
        assertThat(Proofs.everythingIsEncrypted(media(true, false))).anyMatch(reason -> reason.contains("sound"));
        assertThat(Proofs.everythingIsEncrypted(media(false, true))).anyMatch(reason -> reason.contains("report"));
    }

    @Test
    void S5_contact_with_any_other_host_is_detected() throws Exception {
        Evidence stranger = evidence(
                List.of(tls(random(10))), Set.of(InetAddress.getByName("203.0.113.1")), List.of(), List.of(), Map.of());
        assertThat(Proofs.onlyThePhoneSystem(stranger)).hasSize(1);
        Evidence asking =
                evidence(List.of(), Set.of(PBX.getAddress()), List.of("tracker.example"), List.of(), Map.of());
        assertThat(Proofs.onlyThePhoneSystem(asking)).hasSize(1);
    }

    @Test
    void C11_a_microphone_left_open_is_found() {
        Map<String, Boolean> open = Map.of(
                "idle", false, "in a call", true, "on hold", true, "after a call", false, "a", false, "b", false);
        assertThat(Proofs.microphone(evidence(List.of(), Set.of(), List.of(), List.of(), open)))
                .containsExactly("the microphone is open on hold");
    }

    @Test
    void O2_every_kind_of_leak_is_detected() {
        for (Canary canary : canaries.all()) {
            assertThat(Proofs.nothingIsShown(shown("call from " + canary.value())))
                    .isNotEmpty();
        }
        assertThat(Proofs.nothingIsShown(shown("a=crypto:1 AEAD_AES_256_GCM inline:abc")))
                .isNotEmpty();
        assertThat(Proofs.nothingIsShown(shown("Authorization: Digest username=\"x\"")))
                .isNotEmpty();
        assertThat(Proofs.nothingIsShown(shown("DEFECT java.lang.IllegalStateException")))
                .isNotEmpty();
    }

    private Sent tls(byte[] content) {
        byte[] record = new byte[5 + content.length];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (content.length >> 8);
        record[4] = (byte) content.length;
        System.arraycopy(content, 0, record, 5, content.length);
        return new Sent(true, PBX, record);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Evidence media(boolean clearSound, boolean clearReports) {
        List<Sent> packets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] packet = random(172);
            if (clearSound) {
                for (int j = 12; j < packet.length; j++) {
                    packet[j] = (byte) Math.round(40 * Math.sin(j * 0.3));
                }
            }
            packet[0] = (byte) 0x80;
            packet[1] = 0;
            packets.add(new Sent(false, PBX, packet));
        }
        byte[] report = random(60);
        report[0] = (byte) 0x81;
        report[1] = (byte) 200;
        if (clearReports) {
            long seconds = Instant.now().getEpochSecond() + 2_208_988_800L;
            for (int i = 0; i < 4; i++) {
                report[8 + i] = (byte) (seconds >> 8 * (3 - i));
            }
        }
        packets.add(new Sent(false, PBX, report));
        return evidence(packets, Set.of(PBX.getAddress()), List.of(), List.of(), Map.of());
    }

    private Evidence sent(Sent... sent) {
        return evidence(List.of(sent), Set.of(PBX.getAddress()), List.of(), List.of(), Map.of());
    }

    private Evidence shown(String line) {
        List<String> lines = new ArrayList<>(Collections.nCopies(60, "Call[c1]"));
        lines.add(line);
        return evidence(List.of(), Set.of(), List.of(), lines, Map.of());
    }

    private Evidence evidence(
            List<Sent> sent,
            Set<InetAddress> reached,
            List<String> asked,
            List<String> printed,
            Map<String, Boolean> microphone) {
        return new Evidence(
                canaries,
                sent,
                reached,
                Set.of(PBX.getAddress()),
                asked,
                List.of("a log line"),
                printed,
                List.of("a thread"),
                microphone,
                MainScenario.USER_AGENT,
                Map.of(),
                "",
                Map.of());
    }
}
