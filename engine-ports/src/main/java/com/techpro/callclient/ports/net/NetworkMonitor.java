// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.function.Consumer;

/**
 * Reports changes of the network path to the phone system (promise C10). Clauses, each tested by
 * {@code NetworkMonitorContract}:
 *
 * <ul>
 *   <li><b>MON-1</b> {@link #current} returns the current status and does not block.
 *   <li><b>MON-2</b> A watcher receives each change after {@link #watch}, in order, one at a time,
 *       on any thread, never inside a method call of this port. The last status it received equals
 *       {@link #current}.
 *   <li><b>MON-3</b> The route changes whenever packets leave from another address or by another
 *       network. It is opaque, serves only for comparison, and identifies neither a network nor a
 *       place.
 *   <li><b>MON-4</b> After a watch is closed, its watcher receives nothing; other watchers still
 *       do. Closing twice does nothing.
 *   <li><b>MON-5</b> Methods may be called from any thread.
 * </ul>
 */
public interface NetworkMonitor {
    Status current();

    Watch watch(Consumer<Status> watcher);

    /**
     * Whether there is a network, and which one.
     *
     * @param connected whether packets can leave this device at all
     * @param route compared with equals; empty while not connected
     */
    record Status(boolean connected, String route) {
        public static final Status OFFLINE = new Status(false, "");

        public static Status on(String route) {
            return new Status(true, route);
        }
    }

    /** A watcher's subscription; closing it ends it. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
