// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.net.ConnectivityManager;
import android.net.LinkAddress;
import android.net.LinkProperties;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.os.Build;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.net.NetworkMonitor.Status;
import com.techpro.callclient.testkit.contracts.NetworkMonitorContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowNetwork;
import org.robolectric.shadows.ShadowNetworkCapabilities;

class AndroidNetworkMonitorTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    /** Android's connectivity service: it tells each app of its default network, in this order since API 26. */
    static final class Connectivity {
        private final ConnectivityManager manager =
                RuntimeEnvironment.getApplication().getSystemService(ConnectivityManager.class);
        private int last;
        private Network network;

        Network connect(String... addresses) {
            Network next = ShadowNetwork.newInstance(100 + ++last);
            network = next;
            callbacks().forEach(callback -> callback.onAvailable(next));
            capabilities(
                    NetworkCapabilities.NET_CAPABILITY_INTERNET,
                    NetworkCapabilities.NET_CAPABILITY_VALIDATED,
                    NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
            link(addresses);
            if (Build.VERSION.SDK_INT >= 29) {
                blocked(false);
            }
            return next;
        }

        void capabilities(int... capabilities) {
            NetworkCapabilities all = ShadowNetworkCapabilities.newInstance();
            for (int capability : capabilities) {
                shadowOf(all).addCapability(capability);
            }
            shadowOf(manager).setNetworkCapabilities(network, all);
            callbacks().forEach(callback -> callback.onCapabilitiesChanged(network, all));
        }

        void link(String... addresses) {
            LinkProperties link = new LinkProperties();
            List<LinkAddress> all = new ArrayList<>();
            for (String address : addresses) {
                all.add(new LinkAddress(ip(address), address.contains(":") ? 64 : 24));
            }
            link.setLinkAddresses(all);
            link.setDnsServers(List.of(ip("192.0.2.53"), ip("2001:db8::53")));
            shadowOf(manager).setLinkProperties(network, link);
            callbacks().forEach(callback -> callback.onLinkPropertiesChanged(network, link));
        }

        void blocked(boolean blocked) {
            callbacks().forEach(callback -> callback.onBlockedStatusChanged(network, blocked));
        }

        void lose(Network lost) {
            callbacks().forEach(callback -> callback.onLost(lost));
        }

        int registrations() {
            return callbacks().size();
        }

        private Set<ConnectivityManager.NetworkCallback> callbacks() {
            return Set.copyOf(shadowOf(manager).getNetworkCallbacks());
        }

        private static InetAddress ip(String literal) {
            try {
                return InetAddress.getByName(literal);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
    }

    static class Kit extends NetworkMonitorContract {
        private final Connectivity connectivity = new Connectivity();
        private int places;

        @Override
        protected NetworkMonitor port() {
            NetworkMonitor port = new AndroidNetworkMonitor(RuntimeEnvironment.getApplication());
            connectElsewhere();
            return port;
        }

        @Override
        protected void await(BooleanSupplier condition) {
            MainLooper.await(condition);
        }

        @Override
        protected boolean disconnect() {
            connectivity.lose(connectivity.network);
            return true;
        }

        @Override
        protected boolean connectElsewhere() {
            connectivity.connect("192.0.2." + ++places);
            return true;
        }
    }

    static class OnAndroid {
        private final Connectivity connectivity = new Connectivity();
        private final AndroidNetworkMonitor port = new AndroidNetworkMonitor(RuntimeEnvironment.getApplication());
        private final List<Status> heard = new ArrayList<>();

        @AfterEach
        void close() {
            port.close();
            port.close();
            assertThat(connectivity.registrations()).isZero();
        }

        @Test
        void another_default_network_is_one_change_and_not_a_loss() {
            Network wifi = connectivity.connect("192.0.2.1");
            hear();
            connectivity.connect("198.51.100.1");
            connectivity.lose(wifi);
            assertThat(heard()).singleElement().isEqualTo(port.current());
            assertThat(port.current().connected()).isTrue();
        }

        @Test
        void only_a_changed_address_changes_the_route() {
            connectivity.connect("192.0.2.1", "2001:db8::1", "fe80::1");
            String before = port.current().route();
            hear();
            connectivity.link("2001:db8::1", "192.0.2.1", "fe80::2");
            connectivity.capabilities(NetworkCapabilities.NET_CAPABILITY_INTERNET);
            assertThat(heard()).isEmpty();
            connectivity.link("192.0.2.1", "2001:db8::2");
            assertThat(heard()).hasSize(1);
            assertThat(port.current().route()).isNotEqualTo(before);
            connectivity.link("192.0.2.1", "2001:db8::1");
            assertThat(port.current().route()).isEqualTo(before);
        }

        @Test
        void a_route_names_neither_addresses_nor_networks() {
            Network network = connectivity.connect("192.0.2.1");
            String route = port.current().route();
            assertThat(route).doesNotContain("192").doesNotContain(network.toString());
            try (AndroidNetworkMonitor other = new AndroidNetworkMonitor(RuntimeEnvironment.getApplication())) {
                connectivity.link("192.0.2.1");
                connectivity.connect("192.0.2.1");
                assertThat(other.current().connected()).isTrue();
                assertThat(other.current().route()).isNotEqualTo(port.current().route());
            }
        }

        @Test
        void a_network_that_is_kept_from_the_app_is_none() {
            connectivity.connect("192.0.2.1");
            String before = port.current().route();
            hear();
            if (Build.VERSION.SDK_INT >= 29) {
                connectivity.blocked(true);
                assertThat(port.current()).isEqualTo(Status.OFFLINE);
                connectivity.blocked(false);
                assertThat(heard()).containsExactly(Status.OFFLINE, Status.on(before));
            }
            assertThat(port.current()).isEqualTo(Status.on(before));
        }

        @Test
        void validation_and_price_are_told() {
            connectivity.connect("192.0.2.1");
            assertThat(port.validated()).isTrue();
            assertThat(port.metered()).isFalse();
            connectivity.capabilities(NetworkCapabilities.NET_CAPABILITY_INTERNET);
            assertThat(port.validated()).isFalse();
            assertThat(port.metered()).isTrue();
            connectivity.lose(connectivity.network);
            assertThat(port.validated()).isFalse();
            assertThat(port.metered()).isFalse();
        }

        @Test
        void the_name_servers_are_those_of_the_network() throws Exception {
            assertThat(port.nameServers()).isEmpty();
            connectivity.connect("192.0.2.1");
            assertThat(port.nameServers())
                    .containsExactly(
                            new InetSocketAddress(InetAddress.getByName("192.0.2.53"), 53),
                            new InetSocketAddress(InetAddress.getByName("2001:db8::53"), 53));
            connectivity.lose(connectivity.network);
            assertThat(port.nameServers()).isEmpty();
        }

        private void hear() {
            MainLooper.await(() -> true);
            port.watch(heard::add);
        }

        private List<Status> heard() {
            MainLooper.await(() -> true);
            return heard;
        }
    }
}
