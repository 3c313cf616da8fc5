// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The user's favourites with their busy lamps, and the call history. */
public final class People {
    private final Phone phone;
    private final Map<String, BusyLamp> lamps = new LinkedHashMap<>();

    People(Phone phone) {
        this.phone = phone;
    }

    private List<Favorite> stored() {
        return phone.locked()
                ? List.of()
                : phone.client().people().favorites().snapshot().favorites();
    }

    public List<Row> favorites() {
        List<Row> rows = new ArrayList<>();
        for (Favorite favorite : stored()) {
            BusyLampSnapshot lamp = lamp(favorite.number());
            String name = favorite.name().isEmpty() ? favorite.number() : favorite.name();
            rows.add(new Row(
                    favorite.number(),
                    favorite.number(),
                    name,
                    lamp == null ? "" : Lamp.words(lamp),
                    favorite.name().isEmpty() ? "" : favorite.number(),
                    lamp == null ? null : Lamp.of(lamp.state()),
                    lamp != null && lamp.pickUpPossible() ? Row.Mark.RINGING : Row.Mark.PERSON));
        }
        return rows;
    }

    private @Nullable BusyLampSnapshot lamp(String number) {
        BusyLamp lamp = lamps.get(number);
        return lamp == null ? null : lamp.snapshot();
    }

    /** Adds a favourite and watches it from now on. */
    public void add(String number, String name) {
        if (number.isBlank()) {
            phone.tellProblem("A favourite needs a number.", "Type the number, and a name if you like.");
            return;
        }
        var unused = phone.client()
                .people()
                .favorites()
                .add(new Favorite(number.strip(), name.strip()))
                .thenAccept(phone::tellRefusal);
    }

    public void remove(String number) {
        var unused = phone.client().people().favorites().remove(number);
    }

    /** Picks up the call that rings at an extension. */
    public void pickUp(String number) {
        BusyLamp lamp = lamps.get(number);
        Call call = lamp == null ? null : lamp.pickUp(phone.devices().options());
        if (call == null) {
            phone.tellProblem("There is no call to pick up.", "Somebody has answered it, or it has ended.");
        } else {
            phone.calls().bringToFront(call.id());
        }
    }

    /** Watches only the favourites. */
    void watch() {
        Account account = phone.account();
        if (account == null || phone.locked()) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        stored().forEach(favorite -> wanted.add(favorite.number()));
        for (String number : new ArrayList<>(lamps.keySet())) {
            if (!wanted.contains(number)) {
                close(number);
            }
        }
        for (String number : wanted) {
            if (!lamps.containsKey(number)) {
                watch(account, number);
            }
        }
    }

    private void watch(Account account, String number) {
        try {
            BusyLamp lamp = account.watch(number);
            lamps.put(number, lamp);
            lamp.addListener((which, after) -> phone.changed());
        } catch (IllegalArgumentException e) {
            // A favourite whose number is no address has no lamp.
            lamps.remove(number);
        }
    }

    private void close(String number) {
        BusyLamp lamp = lamps.remove(number);
        if (lamp != null) {
            lamp.close();
        }
    }

    void watchNobody() {
        new ArrayList<>(lamps.keySet()).forEach(this::close);
    }

    // --- History

    public List<Row> history() {
        if (phone.locked()) {
            return List.of();
        }
        return phone.client().people().history().snapshot().entries().stream()
                .map(this::row)
                .toList();
    }

    private Row row(HistoryEntry entry) {
        String when =
                Words.when(entry.start(), phone.clock().instant(), phone.clock().getZone());
        if (entry instanceof HistoryEntry.CallRecord call) {
            BusyLampSnapshot lamp = lamp(call.number());
            return new Row(
                    call.id(),
                    call.number(),
                    name(call),
                    words(call),
                    when,
                    lamp == null ? null : Lamp.of(lamp.state()),
                    mark(call));
        }
        HistoryEntry.ConferenceRecord stay = (HistoryEntry.ConferenceRecord) entry;
        String room = stay.name() == null ? "Room " + stay.room() : stay.name();
        return new Row(stay.id(), "", room, "You were in this room", when, null, Row.Mark.ROOM);
    }

    private String name(HistoryEntry.CallRecord call) {
        for (Favorite favorite : stored()) {
            if (favorite.number().equals(call.number()) && !favorite.name().isEmpty()) {
                return favorite.name();
            }
        }
        String name = call.name();
        if (name != null) {
            return name;
        }
        return call.withheld() || call.number().isEmpty() ? "Number withheld" : call.number();
    }

    private static Row.Mark mark(HistoryEntry.CallRecord call) {
        if (call.outcome() == CallOutcome.MISSED) {
            return Row.Mark.MISSED;
        }
        return call.direction() == CallDirection.INCOMING ? Row.Mark.CALLED_BY : Row.Mark.CALLED;
    }

    private static String words(HistoryEntry.CallRecord call) {
        boolean incoming = call.direction() == CallDirection.INCOMING;
        return switch (call.outcome()) {
            case ANSWERED -> (incoming ? "Incoming, " : "Outgoing, ") + Words.length(call.duration());
            case MISSED -> "Missed call";
            case DECLINED -> incoming ? "You declined" : "Declined";
            case BUSY -> "Busy";
            case NO_ANSWER -> "No answer";
            case ANSWERED_ELSEWHERE -> "Answered on another phone";
            case FORWARDED -> "Forwarded";
            case CANCELLED -> "Cancelled";
            case FAILED -> "Failed";
        };
    }

    /** Deletes an entry of the history. */
    public void forget(String id) {
        phone.client().people().history().delete(id);
    }

    public void forgetAll() {
        phone.client().people().history().clear();
    }
}
