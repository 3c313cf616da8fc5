// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The busy lamps of the favourites while the host shows them. Belongs to the loop. */
final class FavoriteLamps {
    private final Consumer<Map<String, BusyLampSnapshot>> changed;
    private final Map<String, BusyLampHandle> lamps = new LinkedHashMap<>();
    private List<Favorite> favorites = List.of();
    private @Nullable Watching watching;

    /** The account that watches, and the lamp service. */
    record Watching(LampService lamps, AccountSession account) {}

    /** @param changed receives the state of each number */
    FavoriteLamps(Consumer<Map<String, BusyLampSnapshot>> changed) {
        this.changed = changed;
    }

    /** @param now null to stop watching */
    void use(@Nullable Watching now) {
        if (!Objects.equals(watching, now)) {
            watching = now;
            lamps.values().forEach(BusyLamp::close);
            lamps.clear();
            follow(favorites);
            publish();
        }
    }

    /** Sets the favourites to watch. */
    void follow(List<Favorite> now) {
        favorites = now;
        Set<String> numbers = new HashSet<>();
        now.forEach(favorite -> numbers.add(favorite.number()));
        lamps.entrySet().removeIf(entry -> {
            boolean gone = watching == null || !numbers.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        for (Favorite favorite : now) {
            if (watching != null && !lamps.containsKey(favorite.number())) {
                watch(watching, favorite.number());
            }
        }
    }

    private void watch(Watching by, String number) {
        try {
            BusyLampHandle lamp = by.lamps().watch(by.account(), number);
            lamps.put(number, lamp);
            lamp.whenChanged(this::publish);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The number is no address, or the account was removed, so there is no lamp.
            lamps.remove(number);
        }
    }

    private void publish() {
        Map<String, BusyLampSnapshot> now = new LinkedHashMap<>();
        lamps.forEach((number, lamp) -> {
            BusyLampSnapshot shown = lamp.snapshot();
            if (shown.state() != LampState.CLOSED) {
                now.put(number, shown);
            }
        });
        changed.accept(now);
    }
}
