// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.inter.FlatInterFont;
import com.techpro.callclient.examples.desktop.phone.Lamp;
import java.awt.Color;
import java.util.Map;
import javax.swing.UIManager;

/**
 * Light or dark. Colours beyond those of FlatLaf have their own names, which are looked up at each
 * painting, so a change shows at once.
 */
public enum Theme {
    LIGHT(
            "#ffffff", "#f4f6f8", "#1a1f26", "#5f6b78", "#2563eb", "#e3e7ec", "#e9edf2", "#15803d", "#dc2f3c",
            "#b45309", "#fdecec", "#e8f0fe"),
    DARK(
            "#1e2227", "#17191d", "#eceff3", "#9aa5b1", "#5b93ff", "#30363d", "#2b3037", "#2ea55c", "#ee4d58",
            "#f0a43a", "#3a2326", "#1d2a40");

    static final String SIDE = "Phone.side";
    static final String MUTED = "Phone.mutedForeground";
    static final String ACCENT = "Phone.accent";
    static final String LINE = "Phone.line";
    static final String SURFACE = "Phone.surface";
    static final String GREEN = "Phone.green";
    static final String RED = "Phone.red";
    static final String AMBER = "Phone.amber";
    static final String PROBLEM = "Phone.problemBackground";
    static final String INFORMATION = "Phone.informationBackground";

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.ofEntries
    private final Map<String, String> defaults;

    Theme(
            String background,
            String side,
            String text,
            String muted,
            String accent,
            String line,
            String surface,
            String green,
            String red,
            String amber,
            String problem,
            String information) {
        defaults = Map.ofEntries(
                Map.entry("@background", background),
                Map.entry("@foreground", text),
                Map.entry("@accentColor", accent),
                Map.entry("@componentBackground", background),
                Map.entry("List.background", side),
                Map.entry("List.selectionBackground", surface),
                Map.entry("List.selectionForeground", text),
                Map.entry("List.selectionInactiveBackground", surface),
                Map.entry("List.selectionInactiveForeground", text),
                Map.entry("Component.arc", "10"),
                Map.entry("Button.arc", "10"),
                Map.entry("TextComponent.arc", "10"),
                Map.entry("Component.focusWidth", "1"),
                Map.entry("ScrollBar.width", "10"),
                Map.entry("ScrollBar.thumbArc", "999"),
                Map.entry("ScrollBar.thumbInsets", "2,2,2,2"),
                Map.entry("ScrollBar.track", side),
                Map.entry(SIDE, side),
                Map.entry(MUTED, muted),
                Map.entry(ACCENT, accent),
                Map.entry(LINE, line),
                Map.entry(SURFACE, surface),
                Map.entry(GREEN, green),
                Map.entry(RED, red),
                Map.entry(AMBER, amber),
                Map.entry(PROBLEM, problem),
                Map.entry(INFORMATION, information));
    }

    /** Applies to all windows, including open ones. */
    public void apply() {
        FlatInterFont.install();
        FlatLaf.setPreferredFontFamily(FlatInterFont.FAMILY);
        FlatLaf.setPreferredLightFontFamily(FlatInterFont.FAMILY_LIGHT);
        FlatLaf.setPreferredSemiboldFontFamily(FlatInterFont.FAMILY_SEMIBOLD);
        FlatLaf.setGlobalExtraDefaults(defaults);
        FlatLaf.setup(this == DARK ? new FlatDarkLaf() : new FlatLightLaf());
        FlatLaf.updateUI();
    }

    /** Whether the dark theme is on. */
    public static boolean isDark() {
        return UIManager.getLookAndFeel() instanceof FlatDarkLaf;
    }

    static Color color(String name) {
        return UIManager.getColor(name);
    }

    static Color of(Lamp lamp) {
        return color(
                switch (lamp) {
                    case FREE -> GREEN;
                    case RINGING -> AMBER;
                    case BUSY -> RED;
                    case DARK -> MUTED;
                });
    }
}
