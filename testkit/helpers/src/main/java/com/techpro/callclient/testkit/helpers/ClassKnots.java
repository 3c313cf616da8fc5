// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds sets of classes of one package that all reach each other. A nested class counts as the class that it is written in. */
public final class ClassKnots {
    /** So many classes of one package may all reach each other. */
    private static final int LARGEST = 5;

    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+");

    private ClassKnots() {}

    /** The knots in which more classes all reach each other than may, by package. */
    public static Map<String, Set<String>> tooLarge(Iterable<JavaClass> classes) {
        Map<String, Map<String, Set<String>>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(type.getPackageName(), name -> new TreeMap<>())
                    .computeIfAbsent(topLevel(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(type.getPackageName())) {
                    used.add(topLevel(target));
                }
            }
        }
        return tooLarge(uses);
    }

    /**
     * The same by the names in Java sources, for modules whose classes are not at hand: a class uses those of its
     * package that it names.
     *
     * @param sources of any modules
     */
    public static Map<String, Set<String>> tooLargeInSources(Collection<Path> sources) throws IOException {
        Map<String, Map<String, Set<String>>> named = new TreeMap<>();
        for (Path file : sources) {
            String text = COMMENT_OR_LITERAL.matcher(Files.readString(file)).replaceAll(" ");
            Set<String> words =
                    WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
            named.computeIfAbsent(String.valueOf(file.getParent()), folder -> new TreeMap<>())
                    .put(file.getFileName().toString().replace(".java", ""), words);
        }
        named.values()
                .forEach(graph -> graph.forEach((type, words) -> {
                    words.retainAll(graph.keySet());
                    words.remove(type);
                }));
        return tooLarge(named);
    }

    private static Map<String, Set<String>> tooLarge(Map<String, Map<String, Set<String>>> uses) {
        Map<String, Set<String>> tooLarge = new TreeMap<>();
        uses.forEach((name, graph) -> knotsOf(graph).stream()
                .filter(knot -> knot.size() > LARGEST)
                .forEach(knot -> tooLarge.put(knot.size() + " in " + name, knot)));
        return tooLarge;
    }

    private static String topLevel(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static Set<Set<String>> knotsOf(Map<String, Set<String>> graph) {
        Map<String, Set<String>> reached = new TreeMap<>();
        graph.keySet().forEach(type -> reached.put(type, reachedFrom(type, graph)));
        Set<Set<String>> knots = new LinkedHashSet<>();
        reached.forEach((type, others) -> {
            Set<String> knot = new TreeSet<>();
            for (String other : others) {
                if (reached.getOrDefault(other, Set.of()).contains(type)) {
                    knot.add(other);
                }
            }
            if (knot.size() > 1) {
                knots.add(knot);
            }
        });
        return knots;
    }

    /** Itself only where a way leads back to it. */
    private static Set<String> reachedFrom(String start, Map<String, Set<String>> graph) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(graph.get(start));
        while (!next.isEmpty()) {
            String type = next.remove();
            if (reached.add(type)) {
                next.addAll(graph.getOrDefault(type, Set.of()));
            }
        }
        return reached;
    }
}
