// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory.Room;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of the phone system and of the configuration, in that order, kept only in memory.
 * Belongs to the loop, except where stated.
 */
public final class RoomListCache {
    private static final int MOST = 500;

    private final EngineLoop loop;
    private final Executor worker;
    private final @Nullable ConferenceDirectory configured;
    private final List<Consumer<@Nullable List<Room>>> waiting = new ArrayList<>();
    private volatile @Nullable ConferenceDirectory system;
    private volatile @Nullable List<Room> known;
    /** Counts phone systems; a late answer from an earlier one is ignored. */
    private int generation;

    /**
     * @param worker runs one task at a time; it queries the phone system
     * @param configured rooms of the configuration, or null
     */
    public RoomListCache(EngineLoop loop, Executor worker, @Nullable ConferenceDirectory configured) {
        this.loop = loop;
        this.worker = worker;
        this.configured = configured;
    }

    /**
     * @param directory of the phone system that the user is logged in to, or null if it has none
     */
    public void use(@Nullable ConferenceDirectory directory) {
        loop.assertOnLoop();
        generation++;
        system = directory;
        known = null;
        if (!waiting.isEmpty()) {
            read();
        }
    }

    /** Returns the room with that address, if it was read before. From any thread. */
    public @Nullable Room room(String address) {
        List<Room> rooms = known;
        if (rooms != null) {
            for (Room room : rooms) {
                if (room.address().equals(address)) {
                    return room;
                }
            }
        }
        return null;
    }

    /** From any thread. */
    public @Nullable String factory() {
        ConferenceDirectory asked = system;
        try {
            String factory = asked == null ? null : asked.factory();
            return factory != null || configured == null ? factory : configured.factory();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return null;
        }
    }

    /**
     * @param anew whether to query again, even if rooms are known
     * @param answer called on the loop, possibly before this method returns; null if the query
     *     failed
     */
    public void ask(boolean anew, Consumer<@Nullable List<Room>> answer) {
        loop.assertOnLoop();
        List<Room> rooms = known;
        if (rooms != null && !anew) {
            answer.accept(rooms);
            return;
        }
        waiting.add(answer);
        if (waiting.size() == 1) {
            read();
        }
    }

    private void read() {
        int begun = generation;
        ConferenceDirectory asked = system;
        worker.execute(() -> {
            List<Room> rooms = new ArrayList<>();
            boolean complete = add(asked, rooms) && add(configured, rooms);
            loop.execute(() -> {
                if (begun == generation) {
                    known = complete ? rooms : known;
                    List<Consumer<@Nullable List<Room>>> all = List.copyOf(waiting);
                    waiting.clear();
                    all.forEach(answer -> answer.accept(complete ? rooms : null));
                }
            });
        });
    }

    private static boolean add(@Nullable ConferenceDirectory from, List<Room> rooms) {
        try {
            if (from != null) {
                for (Room room : from.rooms(MOST)) {
                    if (rooms.size() < MOST
                            && rooms.stream().noneMatch(known -> known.address().equals(room.address()))) {
                        rooms.add(room);
                    }
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return false;
        }
    }
}
