// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.canTry;
import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SecureStorePort}. An adapter's author extends it, opens the store, and
 * damages it as far as possible. For a store of files, give its {@link #directory}: the kit then
 * does most of that itself. If the test can fill the store's disk, give its {@link #fullDisk}.
 */
public abstract class SecureStoreContract extends SecureStoreDiskClauses {
    @Test
    void STO_1_a_written_value_is_read_back_also_by_the_next_program() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] large = random(300_000);
        SecureStorePort store = open();
        store.write(ordered(entry("all", all), entry("empty", new byte[0])));
        store.write(Map.of("large", large));
        assertThat(store.read("all")).isEqualTo(all);

        store = reopen(store);

        assertThat(store.read("all")).isEqualTo(all);
        assertThat(store.read("empty")).isEmpty();
        assertThat(store.read("large")).isEqualTo(large);
        assertThat(store.names()).containsExactlyInAnyOrder("all", "empty", "large");
    }

    @Test
    void STO_1_a_name_never_written_or_written_with_null_reads_as_null() throws Exception {
        SecureStorePort store = open();
        assertThat(store.read("never")).isNull();
        assertThat(store.names()).isEmpty();
        store.write(ordered(entry("a", bytes("1")), entry("b", bytes("2"))));

        store.write(change(Map.of("c", bytes("3")), "a", "never"));

        assertThat(store.read("a")).isNull();
        assertThat(store.names()).containsExactlyInAnyOrder("b", "c");
        store = reopen(store);
        assertThat(store.read("a")).isNull();
        assertThat(store.names()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    @OptionalClause("failing with LOCKED")
    void STO_5_a_locked_platform_has_its_reason_and_passes() throws Exception {
        assertHasItsReasonAndPasses(Reason.LOCKED);
    }

    @Test
    @OptionalClause("failing with FULL")
    void STO_5_a_full_platform_has_its_reason_and_passes() throws Exception {
        assertHasItsReasonAndPasses(Reason.FULL);
    }

    @Test
    @OptionalClause("failing with UNAVAILABLE")
    void STO_5_an_unavailable_platform_has_its_reason_and_passes() throws Exception {
        assertHasItsReasonAndPasses(Reason.UNAVAILABLE);
    }

    private void assertHasItsReasonAndPasses(Reason reason) throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        require(fail(reason), "failing with " + reason);

        assertFails(reason, () -> store.write(Map.of("a", bytes("2"))));
        heal();
        store.write(Map.of("b", bytes(reason.name())));
        assertThat(store.read("b")).isEqualTo(bytes(reason.name()));
        assertThat(store.read("a")).isIn(bytes("1"), bytes("2"));
    }

    @Test
    @OptionalClause("failing with LOCKED")
    void STO_5_a_program_started_while_the_platform_is_locked_reads_after_unlocking() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        require(fail(Reason.LOCKED), "failing with LOCKED");

        SecureStorePort next = open();
        assertFails(Reason.LOCKED, () -> next.read("a"));
        assertFails(Reason.LOCKED, () -> next.write(Map.of("a", bytes("2"))));
        heal();

        assertThat(next.read("a")).isEqualTo(bytes("1"));
    }

    @Test
    @OptionalClause("exclusion of a second store")
    void STO_5_STO_10_a_second_store_is_kept_out_until_the_first_is_closed() throws Exception {
        require(excludesOthers(), "exclusion of a second store");
        SecureStorePort first = open();
        first.write(Map.of("a", bytes("1")));
        SecureStorePort second = open();

        assertFails(Reason.IN_USE, () -> second.read("a"));
        assertFails(Reason.IN_USE, second::names);
        assertFails(Reason.IN_USE, () -> second.write(Map.of("a", bytes("2"))));
        assertFails(Reason.IN_USE, second::erase);
        assertThat(first.read("a")).isEqualTo(bytes("1"));

        first.close();
        assertThat(second.read("a")).isEqualTo(bytes("1"));
    }

    @Test
    void STO_6_erasing_leaves_nothing_and_an_erased_store_is_an_empty_one() throws Exception {
        SecureStorePort store = open();
        store.erase();
        store.write(ordered(entry(CANARY_NAME, bytes(CANARY_VALUE)), entry("b", bytes("2"))));

        store.erase();

        assertThat(store.names()).isEmpty();
        assertThat(store.read("b")).isNull();
        store.close();
        byte[] remains = remains();
        if (canTry(remains != null, "a look at what remains")) {
            assertThat(remains).isEmpty();
        }
        SecureStorePort next = open();
        assertThat(next.names()).isEmpty();
        next.write(Map.of("b", bytes("3")));
        assertThat(reopen(next).read("b")).isEqualTo(bytes("3"));
    }

    @Test
    @OptionalClause("failing with LOCKED")
    void STO_6_a_value_that_could_not_be_erased_while_locked_is_never_read_again() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        require(fail(Reason.LOCKED), "failing with LOCKED");
        SecureStorePort next = open();

        assertFails(Reason.LOCKED, next::erase);
        assertFails(Reason.LOCKED, () -> next.read("a"));
        next.close();
        heal();

        SecureStorePort last = open();
        last.erase();
        assertThat(last.read("a")).isNull();
        assertThat(last.names()).isEmpty();
    }

    @Test
    void STO_7_calls_from_several_threads_take_effect_one_after_the_other() throws Exception {
        SecureStorePort store = open();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        CountDownLatch allRun = new CountDownLatch(4);
        for (int writer = 0; writer < 4; writer++) {
            String name = "writer-" + writer;
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            allRun.countDown();
                            allRun.await();
                            for (int i = 0; i < 5; i++) {
                                store.write(ordered(entry(name, bytes("" + i)), entry(name + "-" + i, bytes(name))));
                                assertThat(store.read(name)).isEqualTo(bytes("" + i));
                            }
                        } catch (SecureStoreException | InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    },
                    // Not the common pool, which may have one thread.
                    task -> new Thread(task, "writer").start()));
        }
        for (CompletableFuture<Void> writer : writers) {
            writer.get();
        }

        assertThat(reopen(store).names()).hasSize(4 * 6);
    }

    @Test
    void STO_8_arrays_are_copied_in_and_out() throws Exception {
        SecureStorePort store = open();
        byte[] mine = bytes("value");
        store.write(Map.of("a", mine));
        Arrays.fill(mine, (byte) 0);
        byte[] read = store.read("a");
        assertThat(read).isEqualTo(bytes("value"));

        Arrays.fill(read, (byte) 0);
        assertThat(store.read("a")).isEqualTo(bytes("value"));
    }

    @Test
    void STO_9_names_and_sizes_beyond_the_bounds_are_refused_and_change_nothing() throws Exception {
        SecureStorePort store = open();
        store.write(ordered(entry("a.b-9", bytes("1")), entry("x".repeat(64), bytes("2"))));
        for (String name : List.of("", "A", "a_b", "a b", "a/b", "ä", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.write(ordered(entry("fine", bytes("3")), entry(name, bytes("4")))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.write(ordered(entry(name, bytes("4")), entry("fine", bytes("3")))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.names()).containsExactlyInAnyOrder("a.b-9", "x".repeat(64));

        byte[] most = random((8 << 20) - 2);
        store.write(Map.of("most", most));
        assertThatThrownBy(() -> store.write(ordered(entry("a.b-9", bytes("3")), entry("more", bytes("4")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.read("a.b-9")).isEqualTo(bytes("1"));
        SecureStorePort next = reopen(store);
        assertThat(next.read("most")).isEqualTo(most);
        assertThat(next.read("more")).isNull();
        next.write(change(Map.of("more", bytes("4")), "most"));
        assertThat(next.read("more")).isEqualTo(bytes("4"));
    }

    @Test
    void STO_10_a_closed_store_refuses_everything() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        store.close();
        store.close();

        assertThatThrownBy(() -> store.read("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::names).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(Map.of("a", bytes("2")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::erase).isInstanceOf(IllegalStateException.class);
        assertThat(open().read("a")).isEqualTo(bytes("1"));
    }
}
