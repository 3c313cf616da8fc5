// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise O1: texts are kept as long as the organisation permits it, also where it forbids that while the store takes its time. */
class TextStoreTest {
    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final List<TextMessagesSnapshot> told = new ArrayList<>();
    private final Queue<Runnable> slow = new ArrayDeque<>();
    private boolean storeWaits;
    private TextStore texts = open(true);

    private TextStore open(boolean allowed) {
        UserStore store = new UserStore(
                loop,
                task -> {
                    slow.add(task);
                    storeAnswers();
                },
                new FakeSecureStore(disk));
        TextStore opened = new TextStore(loop, time.workers(), store, 10, allowed, told::add);
        loop.execute(opened::start);
        time.settle();
        return opened;
    }

    private void storeAnswers() {
        while (!storeWaits && !slow.isEmpty()) {
            loop.execute(slow.remove());
        }
    }

    @AfterEach
    void close() {
        time.close();
    }

    private void onLoop(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    private void sends(String text) throws SipParseException {
        SipUri bob = SipUri.parse("sip:" + BOB);
        onLoop(() -> texts.sending(text, ALICE, bob, text));
    }

    private void storeGoesOn() {
        storeWaits = false;
        storeAnswers();
        time.settle();
    }

    private List<String> readable() {
        return texts.read(BOB, null, 10).stream().map(StoredMessage::text).toList();
    }

    private String stored() throws Exception {
        byte[] value = new FakeSecureStore(disk).read(StoredName.TEXT_MESSAGES.text());
        return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
    }

    private void assertNothingIsKept() throws Exception {
        assertThat(readable()).isEmpty();
        assertThat(texts.snapshot())
                .isEqualTo(new TextMessagesSnapshot(List.of(), 0, StorageStatus.of(StorageStatus.State.OFF)));
        assertThat(stored()).isEqualTo("nothing");
    }

    @Test
    void a_login_that_forbids_them_takes_the_texts_there_are_from_memory_and_store() throws Exception {
        sends("umbrella");
        assertThat(stored()).contains("umbrella");

        onLoop(() -> texts.allow(false));

        assertNothingIsKept();
        assertThat(told.get(told.size() - 1)).isEqualTo(texts.snapshot());
        sends("galoshes");
        assertNothingIsKept();
    }

    @Test
    void a_text_on_its_way_to_the_store_is_not_stored_after_that_login() throws Exception {
        storeWaits = true;
        sends("umbrella");
        sends("galoshes");
        onLoop(() -> texts.allow(false));
        storeGoesOn();

        assertNothingIsKept();
    }

    @Test
    void texts_that_are_still_being_read_do_not_come_back_after_that_login() throws Exception {
        sends("umbrella");
        storeWaits = true;
        texts = open(true);
        onLoop(() -> texts.allow(false));
        storeGoesOn();

        assertNothingIsKept();
    }

    /** The other half: forbidden from the start. */
    @Test
    void texts_stored_earlier_are_removed_when_forbidden_from_the_start() throws Exception {
        sends("umbrella");
        texts = open(false);

        assertNothingIsKept();
    }

    @Test
    void texts_are_kept_again_once_the_user_of_that_login_is_gone() throws Exception {
        sends("umbrella");
        onLoop(() -> texts.allow(false));
        onLoop(() -> texts.allow(true));
        sends("galoshes");

        assertThat(readable()).containsExactly("galoshes");
        assertThat(stored()).contains("galoshes").doesNotContain("umbrella");
    }

    @Test
    void a_store_that_was_read_late_does_not_bring_texts_back_after_a_log_out() throws Exception {
        sends("umbrella");
        storeWaits = true;
        texts = open(true);
        sends("galoshes");
        onLoop(texts::forget);
        storeGoesOn();
        texts.retry();

        assertThat(readable()).isEmpty();
        assertThat(texts.snapshot().conversations()).isEmpty();
    }

    /** What waits to be done again on the texts that are being read holds those that came meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void S6_a_text_that_came_while_the_store_was_read_is_in_no_memory_afterwards(boolean logOut) throws Exception {
        storeWaits = true;
        texts = open(true);
        WeakReference<String> text = sendsForgettable();
        assertThat(readable()).hasSize(1);

        onLoop(logOut ? texts::forget : () -> texts.allow(false));
        told.clear();

        for (int i = 0; i < 50 && text.get() != null; i++) {
            System.gc();
        }
        assertThat(text.get() == null).isTrue();
    }

    private WeakReference<String> sendsForgettable() throws SipParseException {
        String text = new StringBuilder("umb").append("rella").toString();
        sends(text);
        return new WeakReference<>(text);
    }
}
