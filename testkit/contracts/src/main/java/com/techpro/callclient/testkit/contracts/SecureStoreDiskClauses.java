// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The clauses of {@link SecureStoreContract} about what a store leaves on the device: writes are
 * atomic, encrypted, and unmodified when read back.
 */
public abstract class SecureStoreDiskClauses extends SecureStoreUnderTest {
    private static final String FILES = "files of its own";
    private static final String FULL_AT_EACH_STEP = "a disk that is full at each step";
    private static final Map<String, byte[]> OLD = ordered(entry("a", bytes("old")), entry("b", bytes("old")));
    private static final int LARGE = 64 << 10;
    private static final int MOST_STEPS = 1_000;

    @Test
    @OptionalClause("failing with FULL")
    void STO_2_a_write_that_throws_did_all_of_it_or_nothing() throws Exception {
        SecureStorePort store = open();
        List<Map.Entry<String, byte[]>> changes = new ArrayList<>(
                List.of(entry("a", bytes("new")), entry("c", random(50_000)), entry("b", bytes("new"))));
        for (int first = 0; first < changes.size(); first++) {
            store.write(change(OLD, "c"));
            require(fail(Reason.FULL), "failing with FULL");
            assertFails(Reason.FULL, () -> store.write(ordered(changes.get(0), changes.get(1), changes.get(2))));

            heal();

            assertAllOrNothing(store, changes, OLD);
            // The first write is the most likely to survive, so each comes first once.
            Collections.rotate(changes, 1);
        }
        SecureStorePort next = reopen(store);
        assertAllOrNothing(next, changes, OLD);
        next.write(Map.of("a", bytes("newer")));
        assertThat(next.read("a")).isEqualTo(bytes("newer"));
    }

    @Test
    @OptionalClause(FULL_AT_EACH_STEP)
    void STO_2_a_write_on_a_disk_that_is_full_at_any_step_did_all_of_it_or_nothing() throws Exception {
        FullDisk disk = possible(fullDisk(), FULL_AT_EACH_STEP);
        SecureStorePort store = open();
        int step = 0;
        do {
            store.write(change(OLD, "c"));
            store = writeOnFullDisk(disk, step, store, OLD);
            step++;
        } while (disk.wasFull());
        assertThat(step - 1).as("steps of a write").isPositive();
    }

    @Test
    @OptionalClause(FULL_AT_EACH_STEP)
    void STO_2_a_first_write_on_a_full_disk_leaves_all_of_it_or_an_empty_store() throws Exception {
        FullDisk disk = possible(fullDisk(), FULL_AT_EACH_STEP);
        SecureStorePort store = open();
        int step = 0;
        do {
            store.erase();
            store = writeOnFullDisk(disk, step, store, Map.of());
            step++;
        } while (disk.wasFull());
        assertThat(step - 1).as("steps of a first write").isPositive();
    }

    /** Returns the store that the next program finds. */
    private SecureStorePort writeOnFullDisk(FullDisk disk, int step, SecureStorePort store, Map<String, byte[]> old)
            throws SecureStoreException {
        assertThat(step).as("steps of a write").isLessThan(MOST_STEPS);
        List<Map.Entry<String, byte[]>> changes =
                List.of(entry("a", bytes("new")), entry("c", random(50_000)), entry("b", bytes("new")));
        boolean returned = false;
        disk.fullAfter(step);
        try {
            store.write(ordered(changes.get(0), changes.get(1), changes.get(2)));
            returned = true;
        } catch (SecureStoreException e) {
            assertThat(e.reason()).as("with room for %s steps", step).isEqualTo(Reason.FULL);
            assertThat(disk.wasFull()).as("a step found no room").isTrue();
        }
        heal();
        boolean there = assertAllOrNothing(store, changes, old);
        SecureStorePort next = reopen(store);
        assertThat(assertAllOrNothing(next, changes, old))
                .as("read by the next program as by this one, with room for %s steps", step)
                .isEqualTo(there);
        assertThat(there || !returned).as("a write that returned is there").isTrue();
        return next;
    }

    /** Returns whether the whole write is there. */
    private static boolean assertAllOrNothing(
            SecureStorePort store, List<Map.Entry<String, byte[]>> changes, Map<String, byte[]> old)
            throws SecureStoreException {
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> change : changes) {
            if (Arrays.equals(store.read(change.getKey()), change.getValue())) {
                written.add(change.getKey());
            }
        }
        assertThat(written.size()).as("of three: %s", written).isIn(0, changes.size());
        if (written.isEmpty()) {
            for (Map.Entry<String, byte[]> before : old.entrySet()) {
                assertThat(store.read(before.getKey())).isEqualTo(before.getValue());
            }
            assertThat(store.names()).isEqualTo(old.keySet());
        }
        return !written.isEmpty();
    }

    @Test
    @OptionalClause(FILES)
    void STO_2_no_file_is_changed_where_it_lies_as_a_crash_would_leave_half_of_it() throws Exception {
        StoreFiles files = possible(files(), FILES);
        SecureStorePort store = open();
        store.write(Map.of("a", random(20_000)));
        try (StoreFiles.Held before = files.hold()) {
            store.write(Map.of("a", random(30_000)));
            store.write(Map.of("a", random(10_000)));

            assertThat(before.changed()).isEmpty();
        }
    }

    @Test
    @OptionalClause("a look at what remains")
    void STO_3_neither_values_nor_names_are_found_on_the_device() throws Exception {
        SecureStorePort store = open();
        byte[] incompressible = random(4_000);
        store.write(ordered(entry(CANARY_NAME, bytes(CANARY_VALUE)), entry("random", incompressible)));
        store.close();
        byte[] remains = possible(remains(), "a look at what remains");

        assertThat(remains).isNotEmpty();
        assertThat(Disguises.of(bytes(CANARY_NAME)).foundIn(remains)).isEmpty();
        assertThat(Disguises.of(bytes(CANARY_VALUE)).foundIn(remains)).isEmpty();
        // A store may compress before it encrypts; this content cannot be compressed away.
        assertThat(Disguises.of(incompressible).foundIn(remains)).isEmpty();
    }

    @Test
    @OptionalClause("a look at what remains")
    void STO_3_repetition_in_a_value_does_not_repeat_on_the_device() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("zeros", new byte[LARGE]));
        store.close();
        byte[] remains = possible(remains(), "a look at what remains");

        // Base64 of encrypted data compresses by a quarter, hexadecimal digits by half.
        assertThat((double) Disguises.compressedSize(remains) / remains.length)
                .as("compressed, of %s bytes", remains.length)
                .isGreaterThan(0.4);
    }

    @Test
    @OptionalClause("a look at what remains")
    void STO_3_a_value_that_is_written_again_and_again_never_looks_like_before() throws Exception {
        byte[] value = random(LARGE / 4);
        byte[] before = {};
        for (int i = 0; i < 5; i++) {
            SecureStorePort store = open();
            value[value.length - 1]++;
            store.write(Map.of("a", value));
            store.close();
            byte[] after = possible(remains(), "a look at what remains");

            assertThat(Disguises.newBytes(before, after)).as("new bytes").isGreaterThan(value.length / 2);
            before = ByteBuffer.allocate(before.length + after.length)
                    .put(before)
                    .put(after)
                    .array();
        }
    }

    @Test
    @OptionalClause("tampering")
    void STO_4_a_changed_file_is_refused_and_kept_until_the_store_is_erased() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        require(tamper(), "tampering");
        byte[] damaged = remains();

        SecureStorePort next = open();
        assertRefuses(() -> next.read("a"));
        assertRefuses(next::names);
        assertRefuses(() -> next.write(Map.of("a", bytes("2"))));
        next.close();
        assertThat(remains()).isEqualTo(damaged);

        SecureStorePort last = open();
        last.erase();
        assertThat(last.names()).isEmpty();
        last.write(Map.of("a", bytes("3")));
        assertThat(reopen(last).read("a")).isEqualTo(bytes("3"));
    }

    @Test
    @OptionalClause("a copy of what remains")
    void STO_4_an_older_copy_put_back_is_refused() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        Runnable putBack = possible(copy(), "a copy of what remains");
        store = open();
        store.write(Map.of("a", bytes("2")));
        store.close();
        Runnable newest = possible(copy(), "a copy of what remains");

        putBack.run();
        SecureStorePort old = open();
        assertFails(Reason.ROLLED_BACK, () -> old.read("a"));
        assertFails(Reason.ROLLED_BACK, () -> old.write(Map.of("a", bytes("3"))));
        old.close();

        newest.run();
        assertThat(open().read("a")).isEqualTo(bytes("2"));
    }

    @Test
    @OptionalClause("a copy of what remains")
    void STO_4_a_copy_from_before_it_was_erased_is_refused() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        Runnable putBack = possible(copy(), "a copy of what remains");
        store = open();
        store.erase();
        store.close();

        putBack.run();

        SecureStorePort old = open();
        assertRefuses(() -> old.read("a"));
        assertRefuses(() -> old.write(Map.of("a", bytes("3"))));
    }

    @Test
    @OptionalClause(FILES)
    void STO_4_a_file_that_was_taken_away_is_told_and_not_read_as_an_empty_store() throws Exception {
        StoreFiles files = possible(files(), FILES);
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        List<Path> paths = files.list();
        assertThat(paths).as("the store's files").isNotEmpty();
        Runnable putBack = files.copy();

        for (Path path : paths) {
            Files.delete(path);
            byte[] left = files.bytes();
            SecureStorePort next = open();
            boolean told = isRefused(next);
            if (told) {
                assertRefuses(() -> next.write(Map.of("a", bytes("2"))));
                next.close();
                assertThat(files.bytes()).isEqualTo(left);
            } else {
                assertThat(next.read("a")).as("without %s", path.getFileName()).isEqualTo(bytes("1"));
                next.close();
            }
            putBack.run();
        }
        assertThat(open().read("a")).isEqualTo(bytes("1"));
    }

    private static boolean isRefused(SecureStorePort store) {
        try {
            byte[] unused = store.read("a");
            return false;
        } catch (SecureStoreException e) {
            assertRefuses(() -> {
                throw e;
            });
            assertRefuses(store::names);
            return true;
        }
    }
}
