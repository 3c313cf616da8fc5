// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.canTry;
import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@link SecureStorePort} promises. An adapter's author extends it and says how to open the store, and as far as that can be tried,
 * how to damage it.
 */
@PortContract
public abstract class SecureStoreContract {
    private static final String CANARY_NAME = "canary.name-7f3a9c";
    private static final String CANARY_VALUE = "canary value 5d1e8b, not to be found";

    private final List<SecureStorePort> opened = new ArrayList<>();

    /** A store on this test's place; each one made is what a program finds when it starts again. */
    protected abstract SecureStorePort create();

    /** Lets the platform fail with this reason from now on; false if that cannot be tried. */
    protected boolean fail(Reason reason) {
        return false;
    }

    /** Ends that. */
    protected void heal() {}

    /** Changes a little of what the closed store left on the device; false if that cannot be tried. */
    protected boolean tamper() {
        return false;
    }

    /** Takes a copy of what the closed store left; running the result puts it back. Null if that cannot be tried. */
    protected @Nullable Runnable copy() {
        return null;
    }

    /** All that the store left on the device; null if nobody can look. */
    protected byte @Nullable [] remains() {
        return null;
    }

    /** Whether a second store on the same place is kept out while the first is open. */
    protected boolean excludesOthers() {
        return true;
    }

    @AfterEach
    void closeWhatIsOpen() {
        opened.forEach(SecureStorePort::close);
    }

    @Test
    void STO_1_what_was_written_is_what_is_read_and_what_the_next_program_reads() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] large = random(300_000);
        SecureStorePort store = open();
        store.write(Map.of("all", all, "empty", new byte[0]));
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
        store.write(Map.of("a", bytes("1"), "b", bytes("2")));

        store.write(change(Map.of("c", bytes("3")), "a", "never"));

        assertThat(store.read("a")).isNull();
        assertThat(store.names()).containsExactlyInAnyOrder("b", "c");
        store = reopen(store);
        assertThat(store.read("a")).isNull();
        assertThat(store.names()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    @OptionalClause("failing with FULL")
    void STO_2_a_write_that_throws_did_all_of_it_or_nothing() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("old"), "b", bytes("old")));
        require(fail(Reason.FULL), "failing with FULL");
        assertFails(Reason.FULL, () -> store.write(Map.of("a", bytes("new"), "b", bytes("new"), "c", random(50_000))));

        heal();

        assertThat(store.read("a")).isEqualTo(store.read("b"));
        assertThat(store.read("a")).isIn(bytes("old"), bytes("new"));
        SecureStorePort next = reopen(store);
        assertThat(next.read("a")).isEqualTo(next.read("b"));
        next.write(Map.of("a", bytes("newer")));
        assertThat(next.read("a")).isEqualTo(bytes("newer"));
    }

    @Test
    @OptionalClause("a look at what remains")
    void STO_3_neither_values_nor_names_are_found_on_the_device() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of(CANARY_NAME, bytes(CANARY_VALUE)));
        store.close();
        byte[] remains = possible(remains(), "a look at what remains");

        assertThat(remains).isNotEmpty();
        String text = new String(remains, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain(CANARY_NAME).doesNotContain(CANARY_VALUE);
        assertThat(new String(remains, StandardCharsets.UTF_16LE)).doesNotContain(CANARY_VALUE);
    }

    @Test
    @OptionalClause("tampering")
    void STO_4_what_was_changed_is_refused_and_left_as_it_is_until_it_is_erased() throws Exception {
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
    void STO_5_each_trouble_of_the_platform_has_its_reason_and_passes() throws Exception {
        SecureStorePort store = open();
        store.write(Map.of("a", bytes("1")));
        for (Reason reason : List.of(Reason.LOCKED, Reason.FULL, Reason.UNAVAILABLE)) {
            if (canTry(fail(reason), "failing with " + reason)) {
                assertFails(reason, () -> store.write(Map.of("a", bytes("2"))));
                heal();
                store.write(Map.of("b", bytes(reason.name())));
                assertThat(store.read("b")).isEqualTo(bytes(reason.name()));
                assertThat(store.read("a")).isIn(bytes("1"), bytes("2"));
            }
        }
    }

    @Test
    @OptionalClause("failing with LOCKED")
    void STO_5_a_program_that_starts_while_the_platform_is_locked_reads_once_it_is_unlocked() throws Exception {
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
        store.write(Map.of(CANARY_NAME, bytes(CANARY_VALUE), "b", bytes("2")));

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
    void STO_6_what_could_not_be_erased_while_locked_is_never_shown_again() throws Exception {
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
        for (int writer = 0; writer < 4; writer++) {
            String name = "writer-" + writer;
            writers.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 5; i++) {
                        store.write(Map.of(name, bytes("" + i), name + "-" + i, bytes(name)));
                        assertThat(store.read(name)).isEqualTo(bytes("" + i));
                    }
                } catch (SecureStoreException e) {
                    throw new AssertionError(e);
                }
            }));
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
        store.write(Map.of("a.b-9", bytes("1"), "x".repeat(64), bytes("2")));
        for (String name : List.of("", "A", "a_b", "a b", "a/b", "ä", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.write(Map.of("fine", bytes("3"), name, bytes("4"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.names()).containsExactlyInAnyOrder("a.b-9", "x".repeat(64));

        byte[] most = random((8 << 20) - 2);
        store.write(Map.of("most", most));
        assertThatThrownBy(() -> store.write(Map.of("a.b-9", bytes("3"), "more", bytes("4"))))
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

    private SecureStorePort open() {
        SecureStorePort store = create();
        opened.add(store);
        return store;
    }

    private SecureStorePort reopen(SecureStorePort store) {
        store.close();
        return open();
    }

    private interface Use {
        void run() throws Exception;
    }

    private static void assertFails(Reason reason, Use use) {
        assertThatThrownBy(use::run)
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static void assertRefuses(Use use) {
        assertThatThrownBy(use::run)
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        failure -> assertThat(failure.reason())
                                .isIn(
                                        Reason.CORRUPT,
                                        Reason.ROLLED_BACK,
                                        Reason.KEY_MISSING,
                                        Reason.WRONG_PASSPHRASE,
                                        Reason.TOO_NEW));
    }

    private static Map<String, byte @Nullable []> change(Map<String, byte[]> written, String... removed) {
        Map<String, byte @Nullable []> changes = new HashMap<>(written);
        for (String name : removed) {
            changes.put(name, null);
        }
        return Collections.unmodifiableMap(changes);
    }

    private static <T> T possible(@Nullable T subject, String capability) {
        require(subject != null, capability);
        return Objects.requireNonNull(subject);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        Seeds.random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
