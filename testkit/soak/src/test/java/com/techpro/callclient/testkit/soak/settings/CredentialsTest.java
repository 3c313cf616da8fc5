// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.soak.settings.Credentials.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void a_file_has_a_user_a_line_with_comments_and_blanks(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("users"), "# the lab\n\n1001 geheim\n\t1002   auch-geheim  auth1002 \r\n");
        List<User> users = Credentials.read(file);
        assertThat(users).extracting(User::extension).containsExactly("1001", "1002");
        assertThat(users).extracting(User::authUser).containsExactly("1001", "auth1002");
    }

    @Test
    void the_environment_has_them_between_semicolons() throws IOException {
        assertThat(Credentials.parse("1001 a; 1002 b c;"))
                .extracting(User::authUser)
                .containsExactly("1001", "c");
    }

    @Test
    void a_user_prints_nothing_of_himself() throws IOException {
        assertThat(Credentials.parse("1001 geheim; 1002 geheim").toString()).doesNotContain("1001", "1002", "geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1001 geheim", "1001 geheim; 1002", "1001 geheim; 1002 a b geheim"})
    void a_malformed_list_of_users_is_refused_without_repeating_it(String listed) {
        assertThatThrownBy(() -> Credentials.parse(listed))
                .isInstanceOf(IOException.class)
                .hasMessageNotContainingAny("geheim", "1001", "1002");
    }
}
