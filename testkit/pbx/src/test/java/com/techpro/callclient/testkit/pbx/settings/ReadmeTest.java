// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says of the numbers is what the dial plan does. */
class ReadmeTest {
    @Test
    void every_number_in_the_table_is_in_the_dial_plan() throws IOException {
        DialPlan plan = new DialPlan(List.of("1001"), java.util.Map.of(), true);
        Matcher row = Pattern.compile("(?m)^\\| (6\\d\\d|8\\d\\d\\d|factory|\\*97) \\|")
                .matcher(Files.readString(Path.of("README.md")));

        assertThat(row.results().map(found -> plan.destination(found.group(1))))
                .hasSize(13)
                .doesNotContain(new DialPlan.Destination.Refusal(404));
    }
}
