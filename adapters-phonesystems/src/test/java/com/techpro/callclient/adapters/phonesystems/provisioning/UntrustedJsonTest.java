// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":[", "[{\"a\":"})
    void excessively_nested_JSON_is_rejected(String step) {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            deep.append(step);
        }

        assertThat(UntrustedJson.parseOrNull(deep.toString())).isNull();
        assertThatThrownBy(() -> UntrustedJson.parse(deep.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void values_of_another_type_or_out_of_range_are_null() {
        UntrustedJson json = UntrustedJson.parseOrNull("""
            {"null": null, "object": {}, "list": [1, "x", {"a": 1}], "true": true, "text": " x ", "empty": " ",
             "huge": 1e999999999, "long": 99999999999999999999, "control": "a\\u0000b", "number": 42, "fraction": 4.5}
            """);

        assertThat(json).isNotNull();
        assertThat(json.text("missing")).isNull();
        assertThat(json.text("null")).isNull();
        assertThat(json.text("object")).isNull();
        assertThat(json.text("list")).isNull();
        assertThat(json.text("true")).isNull();
        assertThat(json.text("text")).isEqualTo("x");
        assertThat(json.text("empty")).isNull();
        assertThat(json.text("control")).isNull();
        assertThat(json.text("number")).isEqualTo("42");
        assertThat(json.number("number")).isEqualTo(42);
        assertThat(json.number("huge")).isNull();
        assertThat(json.number("long")).isNull();
        assertThat(json.number("fraction")).isNull();
        assertThat(json.number("text")).isNull();
        assertThat(json.isTrue("true")).isTrue();
        assertThat(json.isTrue("number")).isFalse();
        assertThat(json.object("list")).isNull();
        assertThat(json.objects("list")).hasSize(1);
        assertThat(json.objects("object")).isEmpty();
        assertThat(json.hasList("object")).isFalse();
        assertThat(json.toString()).isEqualTo("UntrustedJson[redacted]");
    }

    @Test
    void of_options_written_as_pairs_the_last_counts() {
        UntrustedJson json = UntrustedJson.parseOrNull(
                "{\"o\": [[\"a\", \"1\"], [\"a\"], {}, null, [\"a\", \"2\"], [\"b\", [3]], [\"a\", \"b\", \"c\"]]}");

        assertThat(json).isNotNull();
        assertThat(json.option("o", "a")).isEqualTo("2");
        assertThat(json.option("o", "b")).isNull();
        assertThat(json.option("none", "a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "\"x\"", "[1]", "{", "{]", "<html>", "\u0000"})
    void text_that_is_not_a_JSON_object_is_rejected(String text) {
        assertThat(UntrustedJson.parseOrNull(text)).isNull();
    }
}
