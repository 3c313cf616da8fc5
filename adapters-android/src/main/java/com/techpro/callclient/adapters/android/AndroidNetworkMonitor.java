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
 * The network that Android sends the app's packets by, its default network: Wi-Fi, mobile data or a VPN. One that Android keeps from this app, as
 * with data saving in the background, counts as none. Watchers hear on the main thread.
 */
public final class AndroidNetworkMonitor implements NetworkMonitor, AutoCloseable {
    private static final int DNS_PORT = 53;

    private final ConnectivityManager connectivity;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Callback callback = new Callback();
    private final List<Place> places = new CopyOnWriteArrayList<>();
    // What makes a route out of addresses; another one in each process, so that a route tells nobody anything.
    private final RouteNames routes = new RouteNames(new SecureRandom());
    private DefaultNetwork network;
    private boolean closed;

    /** The default network as far as it is known; all null and false while there is none. */
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

    /** Whether Android has reached the internet by it; false also where a network wants its user to sign in. */
    public boolean validated() {
        return has(NetworkCapabilities.NET_CAPABILITY_VALIDATED);
    }

    /** Whether the user pays by the byte. */
    public boolean metered() {
        DefaultNetwork now = snapshot();
        return now.network != null && !has(NetworkCapabilities.NET_CAPABILITY_NOT_METERED);
    }

    /** What {@code CallClientConfig.nameServers} wants to know, as things are now; empty while there is no network. */
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

    /** Watchers hear nothing from now on. Closing twice does nothing. */
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

    /** A change of what is known, told if it is another route or none. On the main thread. */
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
                // Its properties follow at once; until then the status stays as it is.
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
