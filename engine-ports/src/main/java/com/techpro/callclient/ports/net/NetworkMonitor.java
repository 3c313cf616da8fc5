// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.util.function.Consumer;

/**
 * Tells when the way to the phone system changes (promise C10). Clauses, each tested by {@code NetworkMonitorContract}:
 *
 * <ul>
 *   <li><b>MON-1</b> {@link #current} answers as things are now and does not block.
 *   <li><b>MON-2</b> A watcher hears each change after {@link #watch}, in order, one at a time, on any thread, never inside a method call of
 *       this port. What is told last is what {@link #current} says.
 *   <li><b>MON-3</b> The route is another one whenever packets leave from another address or by another network; it is opaque, made for
 *       comparing alone, and names neither a network nor a place.
 *   <li><b>MON-4</b> After a watch is closed its watcher hears nothing; closing twice does nothing. Others go on hearing.
 *   <li><b>MON-5</b> Methods may be called from any thread.
 * </ul>
 */
public interface NetworkMonitor {
    Status current();

    Watch watch(Consumer<Status> watcher);

    /**
     * Whether there is a network, and which.
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

    /** A watcher's place. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
