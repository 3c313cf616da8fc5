// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory.Room;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rooms of a phone system and of the configuration, and whose they are once the user is another.
 */
class RoomListCacheTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    /** What the worker was given and did not come to yet. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private final List<@Nullable List<Room>> answers = new ArrayList<>();

    private static Room room(String address) {
        return new Room("Room " + address, address, false, null);
    }

    private static ConferenceDirectory of(Room... rooms) {
        return ConferenceDirectory.of(List.of(rooms), null);
    }

    private RoomListCache cache(@Nullable ConferenceDirectory configured) {
        return new RoomListCache(loop, waiting::add, configured);
    }

    private void onLoop(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
            time.settle();
        }
    }

    @Test
    void S6_rooms_of_one_user_are_not_known_to_the_next() {
        RoomListCache cache = cache(null);
        onLoop(() -> cache.use(of(room("8000"))));
        onLoop(() -> cache.ask(false, answers::add));
        work();
        assertThat(cache.room("8000")).isNotNull();

        onLoop(() -> cache.use(null));
        assertThat(cache.room("8000")).isNull();
        onLoop(() -> cache.ask(false, answers::add));
        work();
        assertThat(answers.get(1)).isEmpty();
    }

    /** The phone system was asked before the log-out, and answers after it. */
    @Test
    void S6_rooms_of_one_user_that_come_late_are_not_told_to_the_next() {
        RoomListCache cache = cache(null);
        onLoop(() -> cache.use(of(room("8000"))));
        onLoop(() -> cache.ask(false, answers::add));
        onLoop(() -> cache.use(of(room("9000"))));
        work();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0)).extracting(Room::address).containsExactly("9000");
        assertThat(cache.room("8000")).isNull();
    }

    @Test
    void a_room_that_both_name_is_listed_once_and_no_more_than_500_are() {
        Room[] many = new Room[600];
        for (int i = 0; i < many.length; i++) {
            many[i] = room(Integer.toString(7_000 + i));
        }
        ConferenceDirectory system = new ConferenceDirectory() {
            /** More than it was asked for. */
            @Override
            public List<Room> rooms(int limit) {
                return List.of(many);
            }

            @Override
            public @Nullable String factory() {
                return null;
            }
        };
        RoomListCache cache = cache(of(many[0], room("9000")));
        onLoop(() -> cache.use(of(many[0])));
        onLoop(() -> cache.ask(false, answers::add));
        work();
        assertThat(answers.get(0)).extracting(Room::address).containsExactly("7000", "9000");

        onLoop(() -> cache.use(system));
        onLoop(() -> cache.ask(false, answers::add));
        work();
        assertThat(answers.get(1)).hasSize(500);
    }
}
