package dev.mehari.reload;

/**
 * The route files that travel in the jar. The build has held them against Camel's schema, which is big and slow to read, and
 * has run them: a start that finds them unchanged does without the schema, and without a trial where no setting can spoil it.
 */
final class ShippedRoutes {

    private ShippedRoutes() {}

    /** Whether the file has, to the letter, the text that was shipped at its place. */
    static boolean contain(RouteFile file) {
        return ShippedTexts.contain(file.path(), file.text());
    }

    /** Whether such a file is the same whatever the operator has set. */
    static boolean askNoSetting(RouteFile shipped) {
        return !shipped.text().contains("{{mehari.");
    }
}
