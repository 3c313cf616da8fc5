// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FileStore.Break;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The secure store kit fails for faults that would lose or expose stored data. */
class SecureStoreKitCatchesTest {
    private static Break broken = Break.NOTHING;

    @ParameterizedTest
    @CsvSource({
        "BASE64_FOR_ENCRYPTION, STO_3_neither",
        "COMPRESSION_FOR_ENCRYPTION, STO_3_neither",
        "ONE_BYTE_OF_XOR_FOR_ENCRYPTION, STO_3_neither",
        "CONSTANT_IV, STO_3_a_value_that_is_written_again",
        "ALTERNATING_IV, STO_3_a_value_that_is_written_again",
        "IV_OF_THREE, STO_3_a_value_that_is_written_again",
        "ONE_BLOCK_LIKE_THE_OTHER, STO_3_repetition",
        "MISSING_FILE_IS_AN_EMPTY_STORE, STO_4_a_file_that_was_taken_away",
        "WRITTEN_WHERE_IT_LIES, STO_2_no_file_is_changed",
        "WRITTEN_WHERE_IT_LIES, STO_2_a_write_on_a_disk_that_is_full",
        "FIRST_WRITTEN_WHERE_IT_LIES, STO_2_a_first_write_on_a_full_disk",
        "ONE_NAME_AFTER_THE_OTHER, STO_2_a_write_on_a_disk_that_is_full",
        "TORN_WHEN_FULL, STO_2_a_write_that_throws",
        "ONE_OF_TWO_WRITES_LOST, STO_7"
    })
    void a_break_is_caught(Break how, String clause) {
        broken = how;
        KitRun.assertCaught(Adapter.class, clause);
    }

    @Test
    void a_store_that_works_keeps_all_clauses_at_the_same_place() {
        broken = Break.NOTHING;
        KitRun.assertKept(Adapter.class, 18);
    }

    static class Adapter extends SecureStoreContract {
        @TempDir
        private Path directory;

        private FileStore.Platform platform;

        @BeforeEach
        void install() {
            platform = new FileStore.Platform(directory, broken);
        }

        @Override
        protected SecureStorePort create() {
            return new FileStore(platform);
        }

        @Override
        protected Path directory() {
            return directory;
        }

        @Override
        protected FullDisk fullDisk() {
            return platform;
        }

        @Override
        protected boolean fail(Reason reason) {
            platform.fail(reason);
            return true;
        }

        @Override
        protected void heal() {
            platform.fail(null);
        }
    }
}
