// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.net.NetworkMonitor.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link NetworkMonitor}. An adapter's author changes the device's network as far
 * as possible.
 */
@PortContract
public abstract class NetworkMonitorContract {
    /** Returns the port under test, on a device with a network; called once per test. */
    protected abstract NetworkMonitor port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Disconnects the network; false if that cannot be tried ("loss of the network"). */
    protected abstract boolean disconnect();

    /**
     * Connects the device to a network that it has not had in this test; false if that cannot be
     * tried ("another network").
     */
    protected abstract boolean connectElsewhere();

    @Test
    @OptionalClause({"loss of the network", "another network"})
    void MON_1_MON_3_the_status_is_as_things_are_now() {
        NetworkMonitor port = port();
        assertThat(port.current().connected()).isTrue();
        String before = port.current().route();
        assertThat(port.current().route()).isEqualTo(before);
        require(disconnect(), "loss of the network");
        await(() -> !port.current().connected());
        assertThat(port.current().route()).isEmpty();
        require(connectElsewhere(), "another network");
        await(() -> port.current().connected());
        assertThat(port.current().route()).isNotEqualTo(before);
    }

    @Test
    @OptionalClause({"loss of the network", "another network"})
    void MON_2_a_watcher_hears_each_change_in_order() {
        NetworkMonitor port = port();
        List<Status> heard = new CopyOnWriteArrayList<>();
        try (NetworkMonitor.Watch watch = port.watch(heard::add)) {
            require(disconnect(), "loss of the network");
            await(() -> heard.size() == 1);
            require(connectElsewhere(), "another network");
            await(() -> heard.size() == 2);
        }

        assertThat(heard).extracting(Status::connected).containsExactly(false, true);
        assertThat(heard.get(1)).isEqualTo(port.current());
    }

    @Test
    @OptionalClause("loss of the network")
    void MON_4_a_closed_watch_hears_nothing_and_others_do() {
        NetworkMonitor port = port();
        List<Status> closed = new CopyOnWriteArrayList<>();
        List<Status> open = new CopyOnWriteArrayList<>();
        NetworkMonitor.Watch first = port.watch(closed::add);
        NetworkMonitor.Watch second = port.watch(open::add);
        first.close();
        first.close();

        require(disconnect(), "loss of the network");
        await(() -> !open.isEmpty());
        second.close();

        assertThat(closed).isEmpty();
    }
}
