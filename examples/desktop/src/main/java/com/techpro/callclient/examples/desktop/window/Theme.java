// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.inter.FlatInterFont;
import java.awt.Color;
import javax.swing.UIManager;

/** Light or dark. The colours are in the properties files beside this class. */
public enum Theme {
    LIGHT,
    DARK;

    static final String ACCENT = "Phone.accent";
    static final String MUTED = "Phone.muted";
    static final String GREEN = "Phone.green";
    static final String AMBER = "Phone.amber";
    static final String RED = "Phone.red";

    /** Applies to all windows, including open ones. */
    public void apply() {
        FlatInterFont.install();
        FlatLaf.setPreferredFontFamily(FlatInterFont.FAMILY);
        FlatLaf.setPreferredLightFontFamily(FlatInterFont.FAMILY_LIGHT);
        FlatLaf.setPreferredSemiboldFontFamily(FlatInterFont.FAMILY_SEMIBOLD);
        FlatLaf.registerCustomDefaultsSource(Theme.class.getPackageName());
        FlatLaf.setup(this == DARK ? new FlatDarkLaf() : new FlatLightLaf());
        FlatLaf.updateUI();
    }

    static boolean isDark() {
        return UIManager.getLookAndFeel() instanceof FlatDarkLaf;
    }

    static Color color(String name) {
        return UIManager.getColor(name);
    }
}
