// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final SecretAccess ACCESS = SecretAccess.forAuthenticators();

    @Test
    void SEC_1_a_secret_always_prints_as_redacted() {
        Secret secret = Secret.of("hunter2");

        assertThat(secret.toString()).isEqualTo("Secret[redacted]");
        assertThat("the password is " + secret).doesNotContain("hunter2");
    }

    @Test
    void SEC_1_equality_is_identity_so_that_nobody_can_guess_by_comparing() {

        assertThat(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter2"));
    }

    @Test
    void SEC_1_it_cannot_be_serialised() throws Exception {
        try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(Secret.of("hunter2")))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void SEC_2_the_characters_handed_out_are_a_copy_that_is_wiped_afterwards() {
        Secret secret = Secret.of("hunter2");
        AtomicReference<char[]> kept = new AtomicReference<>();

        String seen = secret.use(ACCESS, characters -> {
            kept.set(characters);
            return new String(characters);
        });

        assertThat(seen).isEqualTo("hunter2");
        assertThat(kept.get()).containsOnly('\0');
        assertThat(secret.<String>use(ACCESS, String::new)).isEqualTo("hunter2");
    }

    @Test
    void SEC_3_a_copy_and_its_source_are_wiped_apart() {
        Secret secret = Secret.of("hunter2");
        Secret copy = secret.copy();

        secret.wipe();

        assertThat(copy.<String>use(ACCESS, String::new)).isEqualTo("hunter2");
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void SEC_2_they_are_wiped_as_well_when_the_reader_throws() {
        AtomicReference<char[]> kept = new AtomicReference<>();

        assertThatThrownBy(() -> Secret.of("hunter2").use(ACCESS, characters -> {
                    kept.set(characters);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(kept.get()).containsOnly('\0');
    }

    @Test
    void SEC_2_bytes_are_UTF_8_and_wiped_afterwards() {
        AtomicReference<byte[]> kept = new AtomicReference<>();

        String seen = Secret.of("pässwörd\uD83D\uDE00").useUtf8(ACCESS, bytes -> {
            kept.set(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        });

        assertThat(seen).isEqualTo("pässwörd\uD83D\uDE00");
        assertThat(kept.get()).containsOnly(0);
    }

    @Test
    void SEC_2_without_access_it_cannot_be_read() {
        assertThatThrownBy(() -> Secret.of("hunter2").use(null, String::new)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void SEC_3_a_wiped_secret_cannot_be_read_and_wiping_twice_does_nothing() {
        Secret secret = Secret.of("hunter2");

        secret.wipe();
        secret.wipe();

        assertThatThrownBy(() -> secret.use(ACCESS, String::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void SEC_3_wiping_inside_a_reader_leaves_the_readers_copy_whole() {
        Secret secret = Secret.of("hunter2");

        String seen = secret.use(ACCESS, characters -> {
            secret.wipe();
            return new String(characters);
        });

        assertThat(seen).isEqualTo("hunter2");
    }

    @Test
    void SEC_4_the_caller_may_wipe_its_own_copy_at_once() {
        char[] typed = "hunter2".toCharArray();
        Secret secret = Secret.of(typed);
        Arrays.fill(typed, '\0');

        assertThat(secret.<String>use(ACCESS, String::new)).isEqualTo("hunter2");
    }

    @Test
    void SEC_5_readers_and_wipers_on_several_threads_see_all_of_it_or_none() throws Exception {
        for (int round = 0; round < 200; round++) {
            Secret secret = Secret.of("hunter2");
            var wiper = new Thread(secret::wipe);
            wiper.start();
            try {
                assertThat(secret.<String>use(ACCESS, String::new)).isEqualTo("hunter2");
            } catch (IllegalStateException wiped) {
                assertThat(wiped).hasMessageContaining("wiped");
            }
            wiper.join();
        }
    }
}
