// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.LinkAddress;
import android.net.LinkProperties;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.ports.net.NetworkMonitor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the app's default network: Wi-Fi, mobile data or a VPN. A network that Android withholds
 * from this app, as with data saving in the background, counts as none. Watchers are called on the
 * main thread.
 */
public final class AndroidNetworkMonitor implements NetworkMonitor, AutoCloseable {
    private static final int DNS_PORT = 53;

    private final ConnectivityManager connectivity;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Callback callback = new Callback();
    private final List<Place> places = new CopyOnWriteArrayList<>();
    // Derives route names from addresses, differently in each process, so that a name reveals
    // nothing.
    private final RouteNames routes = new RouteNames(new SecureRandom());
    private DefaultNetwork network;
    private boolean closed;

    /** What is known of the default network; all null and false while there is none. */
    private record DefaultNetwork(
            @Nullable Network network,
            @Nullable LinkProperties link,
            @Nullable NetworkCapabilities capabilities,
            boolean blocked) {
        private static final DefaultNetwork NONE = new DefaultNetwork(null, null, null, false);
    }

    public AndroidNetworkMonitor(Context context) {
        connectivity = context.getApplicationContext().getSystemService(ConnectivityManager.class);
        Network active = connectivity.getActiveNetwork();
        network = active == null
                ? DefaultNetwork.NONE
                : new DefaultNetwork(
                        active,
                        connectivity.getLinkProperties(active),
                        connectivity.getNetworkCapabilities(active),
                        false);
        connectivity.registerDefaultNetworkCallback(callback, main);
    }

    @Override
    public synchronized Status current() {
        return status(network);
    }

    @Override
    public Watch watch(Consumer<Status> watcher) {
        Place place = new Place(watcher);
        places.add(place);
        return place;
    }

    /**
     * Returns whether Android has reached the internet through it; false also for a network that
     * requires a sign-in.
     */
    public boolean validated() {
        return has(NetworkCapabilities.NET_CAPABILITY_VALIDATED);
    }

    /** Returns whether the network is metered. */
    public boolean metered() {
        DefaultNetwork now = snapshot();
        return now.network != null && !has(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    }

    /** Returns the present servers for {@code Platform.nameServers}; empty without a network. */
    public List<InetSocketAddress> nameServers() {
        LinkProperties link = snapshot().link;
        List<InetSocketAddress> servers = new ArrayList<>();
        if (link != null) {
            for (InetAddress server : link.getDnsServers()) {
                servers.add(new InetSocketAddress(server, DNS_PORT));
            }
        }
        return servers;
    }

    /** Stops all notifications to watchers. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        places.forEach(Place::close);
        connectivity.unregisterNetworkCallback(callback);
    }

    private boolean has(int capability) {
        NetworkCapabilities capabilities = snapshot().capabilities;
        return capabilities != null && capabilities.hasCapability(capability);
    }

    private synchronized DefaultNetwork snapshot() {
        return network;
    }

    private Status status(DefaultNetwork of) {
        Network id = of.network;
        LinkProperties link = of.link;
        if (id == null || link == null || of.blocked) {
            return Status.OFFLINE;
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (LinkAddress address : link.getLinkAddresses()) {
            addresses.add(address.getAddress());
        }
        return Status.on(routes.of(id.getNetworkHandle(), addresses));
    }

    /**
     * Stores a change, and notifies watchers if the route is another or gone. On the main thread.
     */
    private void become(DefaultNetwork next) {
        Status after;
        synchronized (this) {
            Status before = status(network);
            network = next;
            after = status(next);
            if (before.equals(after) || closed) {
                return;
            }
        }
        places.forEach(place -> main.post(() -> place.tell(after)));
    }

    private final class Callback extends ConnectivityManager.NetworkCallback {
        private @Nullable Network arriving;
        private @Nullable NetworkCapabilities arrivingCapabilities;

        @Override
        public void onAvailable(Network available) {
            if (!isCurrent(available)) {
                // Its properties follow at once; until then the status stays.
                arriving = available;
            }
        }

        @Override
        public void onCapabilitiesChanged(Network of, NetworkCapabilities capabilities) {
            DefaultNetwork now = snapshot();
            if (isCurrent(of)) {
                become(new DefaultNetwork(of, now.link, capabilities, now.blocked));
            } else {
                arrivingCapabilities = capabilities;
            }
        }

        @Override
        public void onLinkPropertiesChanged(Network of, LinkProperties link) {
            DefaultNetwork now = snapshot();
            if (isCurrent(of)) {
                become(new DefaultNetwork(of, link, now.capabilities, now.blocked));
            } else if (of.equals(arriving)) {
                become(new DefaultNetwork(of, link, arrivingCapabilities, false));
                arriving = null;
                arrivingCapabilities = null;
            }
        }

        @Override
        public void onBlockedStatusChanged(Network of, boolean blocked) {
            DefaultNetwork now = snapshot();
            if (isCurrent(of)) {
                become(new DefaultNetwork(of, now.link, now.capabilities, blocked));
            }
        }

        @Override
        public void onLost(Network lost) {
            arriving = null;
            arrivingCapabilities = null;
            if (isCurrent(lost)) {
                become(DefaultNetwork.NONE);
            }
        }

        private boolean isCurrent(Network other) {
            return other.equals(snapshot().network);
        }
    }

    private final class Place implements Watch {
        private final Consumer<Status> watcher;
        private volatile boolean gone;

        private Place(Consumer<Status> watcher) {
            this.watcher = watcher;
        }

        private void tell(Status changed) {
            if (!gone) {
                watcher.accept(changed);
            }
        }

        @Override
        public void close() {
            gone = true;
            places.remove(this);
        }
    }
}
