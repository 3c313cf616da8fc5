// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int RUN = 400;
    private static final int RUNS = 3;

    @Test
    void processes_that_run_side_by_side_have_no_port_in_common() throws IOException {
        Set<Integer> all = new HashSet<>(ports());
        try (ChildJvm one = ChildJvm.of(Taking.class).start();
                ChildJvm other = ChildJvm.of(Taking.class).start()) {
            all.addAll(of(one));
            all.addAll(of(other));
        }
        assertThat(all.size()).isEqualTo(3 * RUN * RUNS);
    }

    @Test
    void a_process_has_ports_however_often_it_asks() {
        for (int i = 0; i < 30; i++) {
            assertThat(Ports.freeRun(RUN)).isBetween(1_024, 32_000 - RUN);
        }
    }

    private static Set<Integer> of(ChildJvm process) throws IOException {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < RUNS; i++) {
            add(Integer.parseInt(process.line()), ports);
        }
        return ports;
    }

    private static Set<Integer> ports() {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < RUNS; i++) {
            add(Ports.freeRun(RUN), ports);
        }
        return ports;
    }

    private static void add(int first, Set<Integer> ports) {
        for (int port = first; port < first + RUN; port++) {
            ports.add(port);
        }
    }

    /** Asks for ports, says them, and stays until its input ends. */
    static final class Taking {
        private Taking() {}

        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < RUNS; i++) {
                System.out.println(Ports.freeRun(RUN));
            }
            int unused = System.in.read();
        }
    }
}
