package dev.mehari.reload;

import java.util.Map;
import java.util.Set;

/** The routes that Java makes from the route templates of route files, for instance one per channel. */
public interface TemplateInstances {

    /**
     * Makes the instances of these templates again, because their text has changed or been loaded. Before Camel has
     * started it only adds them. When it throws, the former template is put back and this is called once more.
     */
    void remake(Set<String> templateIds) throws Exception;

    /** Parameters with which a template is tried before it is accepted; empty when no trial is possible. */
    Map<String, Object> trialParameters(String templateId);
}
