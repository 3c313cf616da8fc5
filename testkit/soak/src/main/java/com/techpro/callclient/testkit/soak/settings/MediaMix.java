// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The media settings of a run's users. Each codec, kind of keys and path gets the same number of
 * users, independently of the others; the run's seed assigns them. Every user has G.711 as well,
 * for two users without a better common codec.
 *
 * @param codecs the preferred ones, the best first
 */
public record MediaMix(List<List<String>> codecs, List<KeyingPolicy> keyings, List<Path> paths) {
    /** Each choice for a third of the users. */
    public static final MediaMix THIRDS = new MediaMix(
            List.of(List.of("opus"), List.of("g722"), List.of("pcmu")),
            List.of(KeyingPolicy.SDES_ONLY, KeyingPolicy.DTLS_ONLY, KeyingPolicy.OFFER_BOTH),
            List.of(Path.WITHOUT_ICE, Path.ICE_WHEN_OFFERED, Path.ICE));

    /** Requests nothing that a phone system is not known to support. */
    public static final MediaMix PLAIN = new MediaMix(
            List.of(MediaChoice.PLAIN.codecs()),
            List.of(MediaChoice.PLAIN.keying()),
            List.of(MediaChoice.PLAIN.path()));

    public MediaMix {
        codecs = codecs.stream().map(List::copyOf).toList();
        keyings = List.copyOf(keyings);
        paths = List.copyOf(paths);
    }

    /** Returns a copy with these codecs for all, the best first. */
    public MediaMix withCodecs(List<String> all) {
        return new MediaMix(List.of(all), keyings, paths);
    }

    public MediaMix withKeying(KeyingPolicy all) {
        return new MediaMix(codecs, List.of(all), paths);
    }

    public MediaMix withIce(IceSettings.Use all) {
        return new MediaMix(codecs, keyings, List.of(Path.of(all)));
    }

    /** Returns a copy in which the users who would have offered ICE are relayed. */
    public MediaMix relayed() {
        return new MediaMix(
                codecs,
                keyings,
                paths.stream()
                        .map(path -> path == Path.ICE ? Path.RELAYED : path)
                        .toList());
    }

    /** Whether every user prefers G.711. */
    public boolean isTelephone() {
        return codecs.stream().allMatch(all -> MediaChoice.G711.contains(all.get(0)));
    }

    /** Whether any user's media goes through a TURN server. */
    public boolean isRelayed() {
        return paths.contains(Path.RELAYED);
    }

    /** Returns the choice of each user. */
    public List<MediaChoice> choices(int users, long seed) {
        Random random = Seeds.random(seed, "media");
        List<List<String>> codec = dealt(codecs, users, random);
        List<KeyingPolicy> keying = dealt(keyings, users, random);
        List<Path> path = dealt(paths, users, random);
        List<MediaChoice> choices = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            choices.add(new MediaChoice(withG711(codec.get(i)), keying.get(i), path.get(i)));
        }
        return choices;
    }

    private static List<String> withG711(List<String> preferred) {
        return Stream.concat(preferred.stream(), MediaChoice.G711.stream())
                .distinct()
                .toList();
    }

    private static <T> List<T> dealt(List<T> kinds, int users, Random random) {
        List<T> dealt = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            dealt.add(kinds.get(i % kinds.size()));
        }
        Collections.shuffle(dealt, random);
        return dealt;
    }

    /** Returns a description for a report. */
    public String codecsInWords() {
        return codecs.stream().map(some -> String.join(", ", some)).collect(Collectors.joining(" / "));
    }

    public String keyingsInWords() {
        return keyings.stream().map(Enum::name).collect(Collectors.joining(" / "));
    }

    public String pathsInWords() {
        return paths.stream().map(Path::title).collect(Collectors.joining(" / "));
    }
}
