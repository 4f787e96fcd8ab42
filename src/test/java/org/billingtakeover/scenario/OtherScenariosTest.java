package org.billingtakeover.scenario;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** Every story that is not among {@link LongScenariosTest}. */
@Suite
@SuiteDisplayName("The other acceptance scenarios")
@SelectPackages("org.billingtakeover.scenario")
@IncludeClassNamePatterns(".*Scenarios")
@ExcludeClassNamePatterns(LongScenariosTest.LONG)
class OtherScenariosTest {

    @BeforeSuite
    static void begin() {
        WalkedPaths.forget(OtherScenariosTest.class);
    }

    @AfterSuite
    static void keep() {
        WalkedPaths.keep(OtherScenariosTest.class);
    }
}
