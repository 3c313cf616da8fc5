// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls that the PBX makes for the console, playing a tone to the phone that answers. Keeps the
 * newest few, ended or not. From any thread.
 */
final class RungCalls {
    private static final int MOST = 8;
    private static final int LONGEST_NAME = 60;
    private static final String NUMBER = "[0-9A-Za-z+*#._-]{1,32}";

    private final EmbeddedPbx pbx;
    private final Map<Integer, Rung> calls = new LinkedHashMap<>();
    private int last;

    RungCalls(EmbeddedPbx pbx) {
        this.pbx = pbx;
    }

    private record Rung(String extension, String from, PlacedCall call) {
        boolean isOver() {
            return call.state() == PlacedCall.State.REFUSED || call.state() == PlacedCall.State.ENDED;
        }
    }

    /**
     * The present state of a call.
     *
     * @param refusal the status of a refusal, else 0
     */
    record Shown(int id, String extension, String from, PlacedCall.State state, int refusal) {}

    /**
     * Rings an extension.
     *
     * @param name the caller's display name; may be empty
     * @throws IllegalArgumentException if there is no such extension, the caller is invalid, or
     *     enough calls are in progress
     */
    synchronized void ring(String extension, String name, String number) {
        if (!pbx.extensions().contains(extension)) {
            throw new IllegalArgumentException("There is no such extension.");
        }
        if (!number.matches(NUMBER)) {
            throw new IllegalArgumentException("A number can be up to 32 digits, letters or + * # . _ -");
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A name can be up to 60 characters in one line.");
        }
        makeRoom();
        PlacedCall call = pbx.call(extension)
                .from(name, number)
                .speaking(Sound.tone(440, 8_000))
                .ring();
        last++;
        calls.put(last, new Rung(extension, name.isEmpty() ? number : name + " <" + number + ">", call));
    }

    private void makeRoom() {
        for (Map.Entry<Integer, Rung> oldest : List.copyOf(calls.entrySet())) {
            if (calls.size() >= MOST && oldest.getValue().isOver()) {
                calls.remove(oldest.getKey());
            }
        }
        if (calls.size() >= MOST) {
            throw new IllegalArgumentException("Too many calls are open: hang one up.");
        }
    }

    /** @throws IllegalArgumentException if there is no such call any more */
    synchronized void hangUp(int id) {
        Rung rung = calls.get(id);
        if (rung == null) {
            throw new IllegalArgumentException("That call no longer exists.");
        }
        rung.call.hangUp();
    }

    synchronized List<Shown> all() {
        List<Shown> all = new ArrayList<>();
        calls.forEach((id, rung) ->
                all.add(0, new Shown(id, rung.extension, rung.from, rung.call.state(), rung.call.refusal())));
        return all;
    }
}
