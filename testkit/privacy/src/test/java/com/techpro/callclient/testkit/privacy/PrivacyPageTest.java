// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PRIVACY.md says of every promise how it is proved, and that is so. */
class PrivacyPageTest {
    private static final Path PAGE = Path.of("../../PRIVACY.md");
    private static final List<Path> FOLDERS = List.of(
            Path.of("src/test/java/com/techpro/callclient/testkit/privacy"),
            Path.of("../soak/src/test/java/com/techpro/callclient/testkit/soak/interop"));
    private static final Pattern ITEM =
            Pattern.compile("^- \\*\\*([CUSTRPO]\\d+):.*?(?=^- |^#|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PROOF = Pattern.compile("`PrivacyPromises\\.([A-Z]\\d+)`");

    @ParameterizedTest
    @EnumSource(Promise.class)
    void each_promise_has_an_item_and_a_test(Promise promise) throws IOException {
        String proof = items().get(promise.name());
        assertThat(proof).as("the item of %s in PRIVACY.md", promise).isNotNull();
        Matcher named = PROOF.matcher(proof);
        assertThat(named.find()).as("the item of %s names its test", promise).isTrue();
        assertThat(named.group(1)).isEqualTo(promise.name());
        assertThat(tested()).as("PrivacyPromises has a test of %s", promise).contains(promise.name());
    }

    @Test
    void no_item_and_no_test_is_of_a_promise_that_nobody_made() throws IOException {
        Set<String> made = Arrays.stream(Promise.values()).map(Enum::name).collect(Collectors.toSet());
        assertThat(items().keySet()).isEqualTo(made);
        assertThat(tested()).isSubsetOf(made);
    }

    @Test
    void every_test_that_the_page_names_exists() throws IOException {
        Matcher classes = Pattern.compile("`([A-Z][A-Za-z]+Test)`").matcher(Files.readString(PAGE));
        while (classes.find()) {
            assertThat(FOLDERS)
                    .as(classes.group(1))
                    .anyMatch(folder ->
                            folder.resolve(classes.group(1) + ".java").toFile().exists());
        }
    }

    private static Map<String, String> items() throws IOException {
        Map<String, String> items = new LinkedHashMap<>();
        Matcher item = ITEM.matcher(Files.readString(PAGE));
        while (item.find()) {
            assertThat(items.put(item.group(1), item.group()))
                    .as("one item of " + item.group(1))
                    .isNull();
        }
        return items;
    }

    /** Also those of the interfaces that hold a part of the suite. */
    private static Set<String> tested() {
        return Stream.concat(Stream.of(PrivacyPromises.class), Arrays.stream(PrivacyPromises.class.getInterfaces()))
                .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(method -> method.getName().split("_")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
