// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.NetworkMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A device that changes networks when the test says so. */
public final class FakeNetworkMonitor implements NetworkMonitor {
    private final Executor executor;
    private final List<Place> places = new ArrayList<>();
    private Status status = Status.on("first");

    /** @param executor runs the watchers' callbacks, one task at a time */
    public FakeNetworkMonitor(Executor executor) {
        this.executor = executor;
    }

    public synchronized void become(Status changed) {
        status = changed;
        places.forEach(place -> executor.execute(() -> place.tell(changed)));
    }

    /** Returns the number of open watches, for leak checks. */
    public synchronized int watches() {
        return places.size();
    }

    @Override
    public synchronized Status current() {
        return status;
    }

    @Override
    public synchronized Watch watch(Consumer<Status> watcher) {
        Place place = new Place(watcher);
        places.add(place);
        return place;
    }

    private synchronized void remove(Place place) {
        places.remove(place);
    }

    private final class Place implements Watch {
        private final Consumer<Status> watcher;
        private volatile boolean closed;

        Place(Consumer<Status> watcher) {
            this.watcher = watcher;
        }

        void tell(Status changed) {
            if (!closed) {
                watcher.accept(changed);
            }
        }

        @Override
        public void close() {
            closed = true;
            remove(this);
        }
    }
}
