// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds sets of classes of one package that all reach each other. A nested class counts as the class that it is written in. */
public final class ClassKnots {
    /** So many classes of one package may all reach each other. */
    private static final int LARGEST = 5;

    private ClassKnots() {}

    /** The largest knot of each package in which more classes all reach each other than may. */
    public static Map<String, Set<String>> tooLarge(Iterable<JavaClass> classes) {
        Map<String, Set<String>> tooLarge = new TreeMap<>();
        of(classes).forEach((name, knots) -> {
            if (!knots.isEmpty() && knots.get(0).size() > LARGEST) {
                tooLarge.put(knots.get(0).size() + " in " + name, knots.get(0));
            }
        });
        return tooLarge;
    }

    /** The knots of more than one class, by package; the largest of each package first. */
    private static Map<String, List<Set<String>>> of(Iterable<JavaClass> classes) {
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
        Map<String, List<Set<String>>> knots = new TreeMap<>();
        uses.forEach((name, graph) -> knots.put(name, knotsOf(graph)));
        return knots;
    }

    private static String topLevel(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static List<Set<String>> knotsOf(Map<String, Set<String>> graph) {
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
        List<Set<String>> sorted = new ArrayList<>(knots);
        sorted.sort((one, other) -> other.size() - one.size());
        return sorted;
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
