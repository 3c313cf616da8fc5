// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a value is said to be stored for good. What the worker is given waits until the test runs it. */
class StoredDocumentTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeSecureStore port = new FakeSecureStore();
    private final EngineLoop loop = new EngineLoop(time.openLoop("signalling"));
    private final Deque<Runnable> worker = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final StoredDocument<String> document = new StoredDocument<>(
            loop,
            worker::add,
            new UserStore(loop, worker::add, port),
            StoredName.FAVORITES,
            new Words(),
            found -> heard.add("found " + found),
            () -> {});

    private void on(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    private void save(String value) {
        on(() -> {
            document.save(value);
            document.whenStored(stored -> heard.add(value + " " + stored));
        });
    }

    /** Runs what waits, and not what that leads to. */
    private void work() {
        int waiting = worker.size();
        for (int i = 0; i < waiting; i++) {
            worker.remove().run();
        }
        time.settle();
    }

    private void load() {
        on(document::load);
        work();
        work();
    }

    @Test
    void a_value_is_stored_once_its_own_write_is_done() {
        load();
        save("one");
        save("two");
        assertThat(heard).isEmpty();

        work();
        work();
        assertThat(heard).as("the first write had the first alone").containsExactly("one true");
        work();
        work();
        assertThat(heard).containsExactly("one true", "two true");
        on(() -> document.whenStored(stored -> heard.add("again " + stored)));
        assertThat(heard).last().isEqualTo("again true");
    }

    @Test
    void a_value_that_is_being_written_is_waited_for() {
        load();
        save("one");
        on(() -> document.whenStored(stored -> heard.add("again " + stored)));
        assertThat(heard).isEmpty();

        work();
        work();
        assertThat(heard).containsExactly("one true", "again true");
    }

    @Test
    void a_write_that_fails_is_told() {
        load();
        port.disk().fail(Reason.FAILED);
        save("one");

        work();
        work();

        assertThat(heard).containsExactly("one false");
    }

    @Test
    void a_value_that_comes_before_the_stored_one_is_read_waits_for_its_write() throws Exception {
        on(document::load);
        save("one");
        work();
        assertThat(heard).isEmpty();

        work();
        work();
        assertThat(heard).containsExactly("one true");
        assertThat(port.read("favorites")).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_stored_value_that_says_it_already_needs_no_write() throws Exception {
        port.write(Map.of("favorites", "one".getBytes(StandardCharsets.UTF_8)));
        on(document::load);
        on(() -> document.whenStored(stored -> heard.add("known " + stored)));
        work();
        work();

        assertThat(heard).containsExactly("found one", "known true");
    }

    @Test
    void after_an_unreadable_document_nothing_is_stored() throws Exception {
        port.write(Map.of("favorites", "?".getBytes(StandardCharsets.UTF_8)));
        on(document::load);
        save("one");
        work();
        work();
        save("two");
        work();
        work();

        assertThat(heard).containsExactly("one false", "two false");
    }

    @Test
    void a_document_that_could_not_be_read_is_read_again_and_not_overwritten() throws Exception {
        port.write(Map.of("favorites", "one".getBytes(StandardCharsets.UTF_8)));
        port.disk().fail(Reason.LOCKED);
        load();
        on(() -> document.whenStored(stored -> heard.add("locked " + stored)));
        port.disk().fail(null);
        assertThat(heard).containsExactly("locked false");

        on(document::retry);
        work();
        work();

        assertThat(heard).containsExactly("locked false", "found one");
        save("two");
        work();
        work();
        assertThat(heard).last().isEqualTo("two true");
    }

    @Test
    void a_value_that_is_erased_was_not_stored() {
        load();
        save("one");
        save("two");

        on(document::forget);

        assertThat(heard).containsExactly("one false", "two false");
    }

    private static final class Words implements StoredDocument.Form<String> {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] stored) throws StoredDocument.UnreadableException {
            String value = new String(stored, StandardCharsets.UTF_8);
            if (value.equals("?")) {
                throw new StoredDocument.UnreadableException(Reason.CORRUPT);
            }
            return value;
        }
    }
}
