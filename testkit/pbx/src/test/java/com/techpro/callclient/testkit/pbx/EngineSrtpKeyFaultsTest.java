// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.PacketTrace.Kind;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import com.techpro.callclient.testkit.pbx.fault.SrtpKeyFault;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What engines do that are told a wrong key of SRTP, or none: they say what is wrong, send nothing in the clear, and the next call is as it should be. */
class EngineSrtpKeyFaultsTest {
    private static final int LOUD = 6_000;
    private static final CallEnding ENCRYPTION_REFUSED =
            new CallEnding.Failed(new Failure.MediaRefused(MediaProblem.ENCRYPTION_REFUSED));
    private static final int RTP_HEADER = 12;
    private static final int PACKET_OCTETS = 160;

    private final PbxScene scene = new PbxScene(224, settings -> settings);
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void register() {
        alice = phone("1001").registered().speaking(440);
        bob = phone("1002").registered().speaking(880);
    }

    /** Its sound could be read off the network, were it in the clear. */
    private Phone phone(String extension) {
        SipAccount account = scene.pbx.account(extension).codecs(Set.of("pcmu")).build();
        return scene.phone(extension, account);
    }

    /** However it went: another call is well, and neither tone was ever on the network. */
    @AfterEach
    void the_next_call_is_well_and_nothing_was_in_the_clear() {
        scene.pbx.faults().clear();
        assertThat(faultsOf(alice).srtpKeyFault()).isEqualTo(SrtpKeyFault.NONE);
        assertThat(faultsOf(alice).srtpKeysWrong()).isZero();
        alice.events.clear();
        bob.events.clear();
        bob.incoming = null;
        Call next = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.hears(880)).isGreaterThan(LOUD);
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
        end(next);
        assertNothingInTheClear();
        scene.assertQuiet();
        scene.close();
    }

    private void end(Call call) {
        call.hangUp();
        scene.until(() -> alice.ending() != null && bob.ending() != null);
    }

    private PhoneMediaFaults faultsOf(Phone phone) {
        return scene.pbx.faults().media(phone.extension);
    }

    /** Neither tone in any datagram, read as G.711 wherever RTP may be. */
    private void assertNothingInTheClear() {
        long packets = scene.network.trace().packets().stream()
                .filter(packet -> packet.kind() == Kind.DATAGRAM && packet.payload().length >= PACKET_OCTETS)
                .peek(packet -> {
                    short[] read = read(packet.payload());
                    assertThat(Sound.amplitudeOf(440, read, 8_000)).isLessThan(LOUD);
                    assertThat(Sound.amplitudeOf(880, read, 8_000)).isLessThan(LOUD);
                })
                .count();
        assertThat(packets).isGreaterThan(200);
    }

    /** ITU-T G.711, µ-law. */
    private static short[] read(byte[] datagram) {
        short[] samples = new short[PACKET_OCTETS];
        for (int i = 0; i < samples.length && RTP_HEADER + i < datagram.length; i++) {
            int code = ~datagram[RTP_HEADER + i] & 0xff;
            int size = ((((code & 0xf) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
            samples[i] = (short) ((code & 0x80) != 0 ? -size : size);
        }
        return samples;
    }

    private static boolean wasToldThatNothingArrives(Phone phone) {
        return phone.events.stream()
                .anyMatch(event -> event instanceof CallEvent.ReceptionChanged changed
                        && changed.after().nothingArrives());
    }

    @Test
    void a_wrong_SRTP_key_in_the_answer_is_reported_until_the_right_one_arrives() {
        faultsOf(alice).tellSrtpKey(SrtpKeyFault.ANOTHER);
        Call call = scene.talk(alice, bob);
        scene.until(() -> wasToldThatNothingArrives(alice), Duration.ofSeconds(4));

        assertThat(alice.hears(880)).isLessThan(200);
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
        assertThat(wasToldThatNothingArrives(bob)).isFalse();
        assertThat(faultsOf(alice).srtpKeysWrong()).isPositive();
        assertThat(faultsOf(bob).srtpKeysWrong()).isZero();

        faultsOf(alice).tellSrtpKey(SrtpKeyFault.NONE);
        call.hold();
        scene.until(() -> call.snapshot().holdAccepted());
        call.resume();
        scene.until(() -> !call.snapshot().holdAccepted());
        scene.until(() -> !call.snapshot().nothingArrives(), Duration.ofSeconds(4));
        assertThat(alice.hears(880)).isGreaterThan(LOUD);
        assertThat(call.snapshot().encrypted()).isTrue();
        end(call);
    }

    @Test
    void a_wrong_SRTP_key_in_the_offer_gives_silence_and_is_reported() {
        faultsOf(bob).tellSrtpKey(SrtpKeyFault.ANOTHER);
        Call call = scene.talk(alice, bob);
        scene.until(() -> wasToldThatNothingArrives(bob), Duration.ofSeconds(4));

        assertThat(bob.hears(440)).isLessThan(200);
        assertThat(alice.hears(880)).isGreaterThan(LOUD);
        end(call);
    }

    @Test
    void a_call_in_which_nothing_can_be_read_for_long_ends_and_says_why() {
        faultsOf(alice).tellSrtpKey(SrtpKeyFault.ANOTHER);
        Call call = scene.talk(alice, bob);
        scene.until(() -> alice.ending() != null, Duration.ofSeconds(60));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(alice.ending()).isEqualTo(new CallEnding.MediaTimeout());
        scene.until(() -> bob.ending() != null);
    }

    @Test
    void an_answer_without_a_key_is_a_failure_of_encryption() {
        faultsOf(alice).tellSrtpKey(SrtpKeyFault.MISSING);
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> alice.ending() != null && bob.ending() != null);

        assertThat(call.snapshot().encrypted()).isFalse();
        assertThat(alice.ending()).isEqualTo(ENCRYPTION_REFUSED);
        assertThat(faultsOf(alice).srtpKeysWrong()).isPositive();
    }

    @Test
    void an_offer_without_a_key_is_refused_before_it_rings() {
        faultsOf(bob).tellSrtpKey(SrtpKeyFault.MISSING);
        alice.account.dial("1002");
        scene.until(() -> alice.ending() != null);

        assertThat(bob.incoming).isNull();
        assertThat(bob.refused).containsOnly(RefusalReason.NOT_ACCEPTABLE_HERE);
        assertThat(alice.ending()).isInstanceOf(CallEnding.Failed.class);
    }

    @Test
    void a_call_ends_if_its_hold_is_answered_without_an_SRTP_key() {
        Call call = scene.talk(alice, bob);
        faultsOf(alice).tellSrtpKey(SrtpKeyFault.MISSING);
        call.hold();
        scene.until(() -> alice.ending() != null && bob.ending() != null);

        assertThat(alice.ending()).isEqualTo(ENCRYPTION_REFUSED);
    }
}
