// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine of two processors, over a second, of which a hundredth is one of Linux's units. */
class OtherLoadTest {
    private static final long KERNEL = 0x0020_8040;
    private static final long PROGRAM = 0x0040_0000;
    private static final int OURS = 500;

    @TempDir
    private Path proc;

    private final AtomicLong nanos = new AtomicLong(7);
    private OtherLoad load;

    @BeforeEach
    void machine() throws IOException {
        load = new OtherLoad(new ProcessProbe(), new ProcessTimes(proc, OURS), nanos::get, 2);
        write(1, 0, PROGRAM, 100, 1_000);
        write(2, 0, KERNEL, 50, 0);
        write(20, 2, KERNEL, 9_000, 0);
        write(100, 1, PROGRAM, 400, 30);
        write(OURS, 100, PROGRAM, 5_000, 0);
        write(501, OURS, PROGRAM, 300, 0);
        write(502, 501, PROGRAM, 300, 0);
        load.begin();
        nanos.addAndGet(1_000_000_000L);
    }

    @Test
    void another_programs_time_is_its_share_of_all_processors() throws IOException {
        write(100, 1, PROGRAM, 400 + 50, 30);

        assertThat(load.percent()).isEqualTo(25, within(1e-9));
    }

    @Test
    void this_process_its_descendants_and_the_kernel_are_no_others() throws IOException {
        write(OURS, 100, PROGRAM, 5_150, 40);
        write(501, OURS, PROGRAM, 390, 0);
        write(502, 501, PROGRAM, 310, 0);
        write(503, 502, PROGRAM, 20, 0);
        write(20, 2, KERNEL, 9_030, 0);

        assertThat(load.percent()).isZero();
    }

    @Test
    void a_process_of_ours_stays_ours_when_its_parent_ends() throws IOException {
        delete(501);
        write(502, 1, PROGRAM, 340, 0);

        assertThat(load.percent()).isZero();
    }

    @Test
    void one_that_began_and_ended_meanwhile_is_counted_once_it_is_waited_for() throws IOException {
        write(100, 1, PROGRAM, 400, 30 + 20);

        assertThat(load.percent()).isEqualTo(10, within(1e-9));
    }

    @Test
    void earlier_time_of_an_ended_process_is_not_counted_again() throws IOException {
        write(101, 100, PROGRAM, 2_000, 500);
        load.begin();
        nanos.addAndGet(1_000_000_000L);
        delete(101);
        write(100, 1, PROGRAM, 400, 30 + 2_000 + 500 + 10);

        assertThat(load.percent()).isEqualTo(5, within(1e-9));
    }

    @Test
    void one_that_nobody_waits_for_hides_no_others_time() throws IOException {
        write(101, 100, PROGRAM, 2_000, 0);
        load.begin();
        nanos.addAndGet(1_000_000_000L);
        delete(101);
        write(100, 1, PROGRAM, 400 + 20, 30);

        assertThat(load.percent()).isEqualTo(10, within(1e-9));
    }

    @Test
    void another_process_with_an_old_number_begins_anew() throws IOException {
        Files.createDirectories(proc.resolve("100"));
        Files.writeString(proc.resolve("100/stat"), line("later", 1, PROGRAM, 60, 0, 12_345));
        write(1, 0, PROGRAM, 100, 1_000 + 400 + 30);

        assertThat(load.percent()).isEqualTo(30, within(1e-9));
    }

    @Test
    void proc_shows_the_machine_only_with_the_threads_of_the_kernel() throws IOException {
        assertThat(new ProcessTimes(proc, OURS).look()).isPresent();

        // A container's first processes.
        write(2, 1, PROGRAM, 50, 0);
        assertThat(new ProcessTimes(proc, OURS).look()).isEmpty();
        delete(2);
        assertThat(new ProcessTimes(proc, OURS).look()).isEmpty();
        assertThat(new ProcessTimes(proc.resolve("none"), OURS).look()).isEmpty();
    }

    @Test
    void elsewhere_the_load_of_the_machine_is_taken() {
        OtherLoad elsewhere =
                new OtherLoad(new ProcessProbe(), new ProcessTimes(proc.resolve("none"), OURS), nanos::get, 2);
        elsewhere.begin();
        nanos.addAndGet(1_000_000_000L);

        // All processors were ours for longer than there were any.
        assertThat(elsewhere.percent(Duration.ofSeconds(3))).isZero();
    }

    private void write(int number, int parent, long flags, int used, int reaped) throws IOException {
        Files.createDirectories(proc.resolve(Integer.toString(number)));
        Files.writeString(proc.resolve(number + "/stat"), line("a (b) c", parent, flags, used, reaped, 70 + number));
    }

    /** Fields as proc_pid_stat(5) numbers them: flags 9, utime to cstime 14 to 17, starttime 22. */
    private static String line(String name, int parent, long flags, int used, int reaped, int started) {
        return "9 (" + name + ") S " + parent + " 1 1 0 -1 " + flags + " 11 22 33 44 " + (used - 1) + " 1 "
                + (reaped - reaped / 2) + " " + reaped / 2 + " 20 0 1 0 " + started + " 99 99 99\n";
    }

    private void delete(int number) throws IOException {
        Files.delete(proc.resolve(number + "/stat"));
        Files.delete(proc.resolve(Integer.toString(number)));
    }
}
