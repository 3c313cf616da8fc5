// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MediaMixTest {
    @Test
    void a_third_of_the_users_has_each_choice_and_the_seed_selects_them() {
        List<MediaChoice> choices = MediaMix.THIRDS.choices(48, 5);
        assertThat(counts(choices, choice -> choice.codecs().get(0)))
                .isEqualTo(Map.of("opus", 16L, "g722", 16L, "pcmu", 16L));
        assertThat(counts(choices, MediaChoice::keying))
                .isEqualTo(
                        Map.of(KeyingPolicy.SDES_ONLY, 16L, KeyingPolicy.DTLS_ONLY, 16L, KeyingPolicy.OFFER_BOTH, 16L));
        assertThat(counts(choices, MediaChoice::path))
                .isEqualTo(Map.of(Path.WITHOUT_ICE, 16L, Path.ICE_WHEN_OFFERED, 16L, Path.ICE, 16L));
        assertThat(choices.stream().distinct().count()).isGreaterThan(15);
        assertThat(MediaMix.THIRDS.choices(48, 5)).isEqualTo(choices);
        assertThat(MediaMix.THIRDS.choices(48, 6)).isNotEqualTo(choices);
    }

    @Test
    void every_user_has_G711_as_a_fallback() {
        assertThat(MediaMix.THIRDS.choices(9, 1))
                .allSatisfy(choice -> assertThat(choice.codecs())
                        .containsAll(MediaChoice.G711)
                        .doesNotHaveDuplicates());
    }

    @Test
    void a_setting_for_all_applies_to_all() {
        MediaMix mix = MediaMix.THIRDS
                .withCodecs(List.of("opus", "g722"))
                .withKeying(KeyingPolicy.DTLS_ONLY)
                .withIce(IceSettings.Use.OFFERED)
                .relayed();
        assertThat(mix.isRelayed()).isTrue();
        assertThat(mix.choices(3, 1))
                .containsOnly(
                        new MediaChoice(List.of("opus", "g722", "pcma", "pcmu"), KeyingPolicy.DTLS_ONLY, Path.RELAYED));
        assertThat(MediaMix.THIRDS.relayed().paths())
                .containsExactly(Path.WITHOUT_ICE, Path.ICE_WHEN_OFFERED, Path.RELAYED);
    }

    @Test
    void a_missing_relay_program_is_reported_with_advice() {
        assertThatThrownBy(() -> CoturnServer.start("no-such-turnserver"))
                .isInstanceOf(IOException.class)
                .hasMessage("--turn needs coturn, and there is no no-such-turnserver on the PATH: install it (Debian:"
                        + " apt-get install coturn), or leave --turn out");
    }

    private static <T> Map<T, Long> counts(List<MediaChoice> choices, Function<MediaChoice, T> kind) {
        return choices.stream().collect(Collectors.groupingBy(kind, Collectors.counting()));
    }
}
