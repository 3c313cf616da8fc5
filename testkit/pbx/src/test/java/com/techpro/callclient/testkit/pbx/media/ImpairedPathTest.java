// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of packets that come every 20 ms, in virtual time. */
class ImpairedPathTest {
    private static final int FRAME_MILLIS = 20;
    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.9", 7_000);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final Loop loop = time.openLoop("media");
    private final MediaImpairment way =
            new MediaFaults(Seeds.random(222)).phone("1001").toPhone();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final ImpairedPath path = new ImpairedPath(way, loop, this::arrived);
    private final long start = time.nanoTime();
    private int sent;

    /** A packet by its number, and when it arrived. */
    private record Arrival(int number, boolean rtcp, long millis) {}

    @AfterEach
    void close() {
        loop.execute(path::close);
        time.settle();
        assertThat(time.pendingTimers()).isZero();
        loop.close();
        time.close();
    }

    private void arrived(ByteBuffer packet, InetSocketAddress peer) {
        assertThat(peer).isEqualTo(PEER);
        assertThat(packet.remaining()).isEqualTo(12);
        arrivals.add(new Arrival(
                packet.getInt(packet.position() + 4),
                packet.get(packet.position() + 1) != 0,
                (time.nanoTime() - start) / 1_000_000));
    }

    /** Sends so many, in one buffer that is overwritten as the PBX does. */
    private void send(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        for (int i = 0; i < count; i++) {
            int number = sent++;
            loop.execute(() -> {
                buffer.clear().position(3);
                buffer.put((byte) 0x80)
                        .put((byte) 0)
                        .putShort((short) number)
                        .putInt(number)
                        .putInt(7);
                buffer.flip().position(3);
                path.pass(buffer, PEER, false);
                buffer.putInt(7, -1);
            });
            time.advance(Duration.ofMillis(FRAME_MILLIS));
        }
    }

    private void sendReport(int number) {
        ByteBuffer report = ByteBuffer.allocate(12);
        report.put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 1)
                .putInt(number)
                .putInt(7)
                .flip();
        loop.execute(() -> path.pass(report, PEER, true));
        time.settle();
    }

    private List<Integer> numbers() {
        return arrivals.stream().map(Arrival::number).toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void without_figures_each_arrives_at_once() {
        send(100);

        assertThat(numbers()).isEqualTo(upTo(100));
        assertThat(arrivals).allMatch(arrival -> arrival.millis == (long) FRAME_MILLIS * arrival.number);
        assertThat(way.packets()).isZero();
    }

    @Test
    void an_even_loss_of_5_percent_is_each_twentieth() {
        way.loseEvenly(0.05);
        send(2_000);

        assertThat(numbers())
                .isEqualTo(IntStream.range(0, 2_000)
                        .filter(number -> number % 20 != 19)
                        .boxed()
                        .toList());
        assertThat(way.packets()).isEqualTo(2_000);
        assertThat(way.lost()).isEqualTo(100);
    }

    @Test
    void an_even_loss_is_exact_where_the_share_is_no_fraction_of_one() {
        way.loseEvenly(0.03);
        send(1_000);
        assertThat(arrivals).hasSize(970);
        assertThat(gaps()).allMatch(gap -> gap == 1);

        way.loseEvenly(0.7);
        arrivals.clear();
        send(1_000);
        assertThat(arrivals).hasSize(300);

        way.loseEvenly(1);
        arrivals.clear();
        send(50);
        assertThat(arrivals).isEmpty();
    }

    /** How many are missing between each two that arrived, where some are. */
    private List<Integer> gaps() {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 1; i < arrivals.size(); i++) {
            int gap = arrivals.get(i).number - arrivals.get(i - 1).number - 1;
            if (gap > 0) {
                gaps.add(gap);
            }
        }
        return gaps;
    }

    @Test
    void a_loss_at_random_has_its_share_and_losses_in_a_row_too() {
        way.lose(0.1);
        send(20_000);

        // Five standard deviations: sqrt(20000 · 0.1 · 0.9) is 42.
        assertThat(20_000 - arrivals.size()).isBetween(1_790, 2_210);
        assertThat(way.lost()).isEqualTo(20_000 - arrivals.size());
        assertThat(gaps()).as("single ones, and two in a row").contains(1, 2);
    }

    @Test
    void a_loss_in_bursts_has_its_share_and_its_length() {
        way.loseInBursts(0.1, 5);
        send(40_000);

        // About 800 bursts, which come at random: five standard deviations are less than a fifth.
        assertThat(40_000 - arrivals.size()).isBetween(3_200, 4_800);
        assertThat(gaps()).isNotEmpty().allMatch(gap -> gap % 5 == 0);
        assertThat(gaps().stream().filter(gap -> gap == 5).count()).isGreaterThan(500);
        assertThat(new HashSet<>(gapStarts()).size()).as("not each so many").isGreaterThan(20);
    }

    /** How many arrived between one burst and the next. */
    private List<Integer> gapStarts() {
        List<Integer> lengths = new ArrayList<>();
        int run = 1;
        for (int i = 1; i < arrivals.size(); i++) {
            if (arrivals.get(i).number - arrivals.get(i - 1).number > 1) {
                lengths.add(run);
                run = 0;
            }
            run++;
        }
        return lengths;
    }

    @Test
    void a_delay_is_of_each_and_ends_without_overtaking() {
        way.delay(Duration.ofMillis(130));
        send(50);
        time.advance(Duration.ofMillis(200));

        assertThat(numbers()).isEqualTo(upTo(50));
        assertThat(arrivals).allMatch(arrival -> arrival.millis == (long) FRAME_MILLIS * arrival.number + 130);

        arrivals.clear();
        send(10);
        way.clear();
        send(20);
        assertThat(numbers()).isEqualTo(IntStream.range(50, 80).boxed().toList());
        Arrival last = arrivals.get(arrivals.size() - 1);
        assertThat(last.millis).as("at once again").isEqualTo(200 + (long) FRAME_MILLIS * last.number);
    }

    @Test
    void jitter_is_between_nothing_and_its_most_in_order() {
        way.delay(Duration.ofMillis(100)).jitter(Duration.ofMillis(60));
        send(2_000);
        time.advance(Duration.ofMillis(200));

        assertThat(numbers()).isEqualTo(upTo(2_000));
        List<Long> late = arrivals.stream()
                .map(arrival -> arrival.millis - (long) FRAME_MILLIS * arrival.number)
                .toList();
        assertThat(late).allMatch(millis -> millis >= 100 && millis <= 160);
        assertThat(late).anyMatch(millis -> millis < 105).anyMatch(millis -> millis > 155);
    }

    @Test
    void a_reordered_packet_follows_the_next_and_none_is_lost() {
        way.reorder(0.1);
        send(10_000);
        time.advance(Duration.ofMillis(200));

        assertThat(numbers()).containsExactlyInAnyOrderElementsOf(upTo(10_000));
        int overtaken = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            Arrival one = arrivals.get(i - 1);
            Arrival other = arrivals.get(i);
            if (other.number < one.number) {
                assertThat(other.number).isEqualTo(one.number - 1);
                assertThat(other.millis).isEqualTo(one.millis);
                overtaken++;
            }
        }
        // Five standard deviations: less than sqrt(10000 · 0.1 · 0.9) is 30.
        assertThat(overtaken).isBetween(850, 1_150);
    }

    @Test
    void a_reordered_packet_without_a_successor_arrives_after_100_ms() {
        way.reorder(0.5);
        send(1);
        assertThat(arrivals).isEmpty();

        time.advance(Duration.ofMillis(90));

        assertThat(arrivals).containsExactly(new Arrival(0, false, 100));
    }

    @Test
    void a_duplicate_is_behind_its_original() {
        way.duplicate(0.1).delay(Duration.ofMillis(40));
        send(5_000);
        time.advance(Duration.ofMillis(200));

        assertThat(new HashSet<>(numbers())).hasSize(5_000);
        assertThat(numbers()).isSorted();
        // Five standard deviations: sqrt(5000 · 0.1 · 0.9) is 21.
        assertThat(arrivals.size() - 5_000).isBetween(395, 605);
        assertThat(way.lost()).isZero();

        arrivals.clear();
        way.clear();
        way.duplicate(1);
        send(3);
        assertThat(numbers()).containsExactly(5_000, 5_000, 5_001, 5_001, 5_002, 5_002);
    }

    @Test
    void silence_is_of_reports_too_and_loss_is_not() {
        way.lose(1);
        send(3);
        sendReport(1);
        assertThat(arrivals).extracting(Arrival::rtcp).containsExactly(true);

        arrivals.clear();
        way.silence(true);
        sendReport(2);
        send(3);
        assertThat(arrivals).isEmpty();
        assertThat(way.lost()).isEqualTo(6);

        way.silence(false).lose(0).delay(Duration.ofMillis(70));
        sendReport(3);
        assertThat(arrivals).isEmpty();
        time.advance(Duration.ofMillis(70));
        assertThat(numbers()).containsExactly(3);
        assertThat(way.packets()).as("reports are not counted").isEqualTo(6);
    }

    @Test
    void of_a_closed_one_nothing_arrives() {
        way.delay(Duration.ofMillis(500)).reorder(0.5);
        send(5);

        loop.execute(path::close);
        time.advance(Duration.ofSeconds(1));

        assertThat(arrivals).isEmpty();
    }

    @Test
    void the_same_seed_loses_the_same() {
        MediaImpairment other = new MediaFaults(Seeds.random(222)).phone("1001").toPhone();
        List<Double> again = new ArrayList<>();
        other.lose(0.3);
        for (int i = 0; i < 200; i++) {
            again.add(other.roll());
        }

        way.lose(0.3);
        send(200);

        assertThat(numbers())
                .isEqualTo(IntStream.range(0, 200)
                        .filter(number -> again.get(number) >= 0.3)
                        .boxed()
                        .toList());
    }
}
