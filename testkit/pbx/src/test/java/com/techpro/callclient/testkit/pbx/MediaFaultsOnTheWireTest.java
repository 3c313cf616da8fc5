// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of an extension's media, counted by phones that know nothing of our engine. */
class MediaFaultsOnTheWireTest extends FieldBehaviourScene {
    private PlainPhone alice;
    private PlainPhone bob;
    private Rtp alices;
    private Rtp bobs;
    private String ok;

    /** A phone's sound: numbered packets, and those that came. */
    private final class Rtp {
        private final List<Integer> heard = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final DatagramLink link;
        private final InetSocketAddress pbxPort;
        private int sent;

        private Rtp(String address, String description) throws IOException {
            this.link = network.host(address).openDatagram(new InetSocketAddress(address, 7_000), this::hear);
            String port = PlainPhone.bodyOf(description).replaceAll("(?s).*m=audio (\\d+) .*", "$1");
            this.pbxPort = new InetSocketAddress(PBX, Integer.parseInt(port));
        }

        private void hear(ByteBuffer packet, InetSocketAddress from) {
            assertThat(from).isEqualTo(pbxPort);
            heard.add(packet.getShort(packet.position() + 2) & 0xffff);
            times.add(time.nanoTime() / 1_000_000);
        }

        private void say() {
            ByteBuffer packet = ByteBuffer.allocate(172);
            packet.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) sent)
                    .putInt(160 * sent)
                    .putInt(pbxPort.getPort());
            packet.position(172).flip();
            sent++;
            assertThat(link.send(packet, pbxPort)).isEqualTo(DatagramLink.SendStatus.SENT);
        }
    }

    @BeforeEach
    void twoTalk() throws IOException {
        start();
        alice = phone("1001", "10.0.0.11", "a");
        bob = phone("1002", "10.0.0.12", "b");
        ok = talk(alice, bob);
        alices = new Rtp("10.0.0.11", ok);
        bobs = new Rtp("10.0.0.12", bob.requests("INVITE").get(0));
    }

    @AfterEach
    void over() {
        hangUp(alice, bob, ok);
        alices.link.close();
        bobs.link.close();
    }

    private void bothSay(int count) {
        for (int i = 0; i < count; i++) {
            alices.say();
            bobs.say();
            time.advance(Duration.ofMillis(20));
        }
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void even_loss_towards_a_phone_drops_each_twentieth_packet_and_nothing_else() {
        PhoneMediaFaults bobsFaults = pbx.faults().media("1002");
        bobsFaults.toPhone().loseEvenly(0.05);
        bothSay(400);

        assertThat(bobs.heard)
                .isEqualTo(IntStream.range(0, 400)
                        .filter(number -> number % 20 != 19)
                        .boxed()
                        .toList());
        assertThat(alices.heard).isEqualTo(upTo(400));
        assertThat(bobsFaults.toPhone().packets()).isEqualTo(400);
        assertThat(bobsFaults.toPhone().lost()).isEqualTo(20);
    }

    @Test
    void loss_from_a_phone_happens_before_the_pbx_counts_packets() {
        pbx.faults().media("1001").fromPhone().loseEvenly(0.1);
        bothSay(400);

        assertThat(bobs.heard).hasSize(360);
        assertThat(alices.heard).isEqualTo(upTo(400));
        assertThat(pbx.liveCalls().get(0).legs().get(0).packets()).isEqualTo(360);
        assertThat(pbx.state().packetsRefused()).isZero();
    }

    @Test
    void each_way_of_each_extension_has_figures_of_its_own() {
        pbx.faults().media("1001").fromPhone().loseEvenly(0.1);
        pbx.faults().media("1001").toPhone().loseEvenly(0.2);
        pbx.faults().media("1002").fromPhone().loseEvenly(0.5);
        bothSay(1_000);

        assertThat(bobs.heard).hasSize(900);
        assertThat(alices.heard).hasSize(400);
    }

    @Test
    void one_way_is_silent() {
        pbx.faults().media("1001").fromPhone().silence(true);
        bothSay(50);
        assertThat(bobs.heard).isEmpty();
        assertThat(alices.heard).hasSize(50);

        pbx.faults().media("1001").clear();
        bothSay(50);
        assertThat(bobs.heard).isEqualTo(IntStream.range(50, 100).boxed().toList());
    }

    @Test
    void sound_is_late_by_as_much_as_it_is_told() {
        bothSay(50);
        long usual = lateness(0);
        pbx.faults().media("1002").toPhone().delay(Duration.ofMillis(150));
        bothSay(100);
        time.advance(Duration.ofMillis(200));

        assertThat(bobs.heard).isEqualTo(upTo(150));
        long late = lateness(50);
        assertThat(late - usual).isBetween(150L, 155L);
    }

    /** How long after it would have come had each taken 20 ms exactly; of one and all from there on. */
    private long lateness(int first) {
        long late = bobs.times.get(first) - 20L * first;
        for (int i = first; i < bobs.times.size(); i++) {
            assertThat(bobs.times.get(i) - 20L * bobs.heard.get(i)).isBetween(late - 5, late + 5);
        }
        return late;
    }

    @Test
    void packets_are_overtaken_and_come_twice() {
        pbx.faults().media("1002").toPhone().reorder(0.1);
        pbx.faults().media("1001").toPhone().duplicate(0.1);
        bothSay(1_000);
        time.advance(Duration.ofMillis(200));

        assertThat(bobs.heard).containsExactlyInAnyOrderElementsOf(upTo(1_000));
        assertThat(bobs.heard).isNotEqualTo(upTo(1_000));
        assertThat(new HashSet<>(alices.heard)).hasSize(1_000);
        assertThat(alices.heard).isSorted().hasSizeBetween(1_050, 1_150);
    }

    @Test
    void cleared_faults_leave_nothing_and_an_extension_that_there_is_not_has_none() {
        pbx.faults().media("1002").toPhone().lose(1);
        pbx.faults().clear();
        bothSay(50);

        assertThat(bobs.heard).hasSize(50);
        assertThatThrownBy(() -> pbx.faults().media("1003")).isInstanceOf(IllegalArgumentException.class);
    }
}
