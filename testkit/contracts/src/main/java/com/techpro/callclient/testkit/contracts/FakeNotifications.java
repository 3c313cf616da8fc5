// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A notification area that records what is shown now, and the kinds of all earlier notifications.
 */
public final class FakeNotifications implements NotificationPort {
    private final Map<String, Notice> shown = new LinkedHashMap<>();
    private final List<Class<? extends Notice>> ever = new ArrayList<>();
    private final Set<String> silenced = new LinkedHashSet<>();
    private boolean refusing;

    /** Makes the platform show nothing from now on. */
    public synchronized void refuse() {
        refusing = true;
    }

    public synchronized List<Notice> shown() {
        return List.copyOf(shown.values());
    }

    /** Returns the kinds of all notifications shown, in order. */
    public synchronized List<Class<? extends Notice>> ever() {
        return List.copyOf(ever);
    }

    @Override
    public synchronized void show(Notice notice) {
        if (!refusing) {
            shown.put(notice.id(), notice);
            ever.add(notice.getClass());
        }
    }

    @Override
    public synchronized void withdraw(String id) {
        shown.remove(id);
    }

    @Override
    public synchronized void silence(String id) {
        if (shown.containsKey(id)) {
            silenced.add(id);
        }
    }

    /** Returns the IDs of all notifications that were shown with their ring silenced. */
    public synchronized Set<String> silenced() {
        return Set.copyOf(silenced);
    }

    @Override
    public synchronized Set<String> shownIds() {
        return Set.copyOf(shown.keySet());
    }
}
